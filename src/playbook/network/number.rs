//! Bounds on the numbers of one field, sorted, so that a value finds those it passes by halves.

use super::condition::Bound;
use crate::signal::Decimal;

#[derive(Default)]
pub(super) struct Numbers {
    equal: Vec<(Decimal, u32)>,
    above: Vec<(Decimal, u32)>,
    at_least: Vec<(Decimal, u32)>,
    below: Vec<(Decimal, u32)>,
    at_most: Vec<(Decimal, u32)>,
}

impl Numbers {
    /// The atom of a bound: `next` when the bound is new.
    pub fn intern(&mut self, bound: &Bound, next: u32) -> u32 {
        let (list, number) = match bound {
            Bound::Equal(number) => (&mut self.equal, number),
            Bound::Above(number) => (&mut self.above, number),
            Bound::AtLeast(number) => (&mut self.at_least, number),
            Bound::Below(number) => (&mut self.below, number),
            Bound::AtMost(number) => (&mut self.at_most, number),
        };
        match list.binary_search_by(|(known, _)| known.cmp(number)) {
            Ok(place) => list[place].1,
            Err(place) => {
                list.insert(place, (number.clone(), next));
                next
            }
        }
    }

    /// Every bound that the text passes, when it is a number.
    pub fn hits(&self, text: &str, mut hit: impl FnMut(u32)) {
        if !text.starts_with(|letter: char| letter == '-' || letter.is_ascii_digit()) {
            return;
        }
        let Ok(number) = text.parse::<Decimal>() else { return };
        let smaller = |list: &[(Decimal, u32)]| list.partition_point(|(bound, _)| *bound < number);
        let not_larger = |list: &[(Decimal, u32)]| list.partition_point(|(bound, _)| *bound <= number);
        let lists = [
            &self.equal[smaller(&self.equal)..not_larger(&self.equal)],
            &self.above[..smaller(&self.above)],
            &self.at_least[..not_larger(&self.at_least)],
            &self.below[not_larger(&self.below)..],
            &self.at_most[smaller(&self.at_most)..],
        ];
        lists.into_iter().flatten().for_each(|(_, atom)| hit(*atom));
    }
}
