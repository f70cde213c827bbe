//! Names with points between as places in JSON: a field `a.b` stands for member `b` of the object `a`, and for a member
//! that is itself called `a.b`.

use super::Map;

/// A place in JSON that some field stands for, or that is on the way to one.
#[derive(Default)]
pub struct Place {
    field: Option<u32>,
    members: Map<Box<str>, u32>,
}

impl Place {
    /// All places on the way to these fields; the first is that of the whole.
    pub fn tree<'a>(fields: impl IntoIterator<Item = (&'a str, u32)>) -> Vec<Self> {
        let mut places = vec![Self::default()];
        for (name, field) in fields {
            let (mut at, mut rest) = (0, name);
            loop {
                // The rest of a name may also be one member that has points in its own name.
                let end = step(&mut places, at, rest);
                places[end].field = Some(field);
                let Some((head, tail)) = rest.split_once('.') else { break };
                at = step(&mut places, at, head);
                rest = tail;
            }
        }
        places
    }

    /// The field that stands for this place.
    pub fn field(&self) -> Option<u32> {
        self.field
    }

    /// The number of the place of a member, when some field lies there or beyond.
    pub fn member(&self, name: &str) -> Option<u32> {
        self.members.get(name).copied()
    }
}

fn step(places: &mut Vec<Place>, from: usize, member: &str) -> usize {
    let next = u32::try_from(places.len()).expect("fewer places than bytes of memory");
    let to = *places[from].members.entry(member.into()).or_insert(next);
    if to == next {
        places.push(Place::default());
    }
    to as usize
}
