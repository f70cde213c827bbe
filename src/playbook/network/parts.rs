//! Which of many literals a value holds, in one pass: a literal is looked for only where its rarest four bytes stand.
//!
//! A filter of bits says of almost every place that no literal can be there. On Sigma's rules this is several times
//! quicker than an overlapping Aho-Corasick pass, which waits for memory at every byte. A place costs as much as the
//! literals filed under its four bytes; choosing the rarest keeps those few, whatever the sender writes.

use super::Map;

/// Literals of one field, each with what it means that it was found.
pub(super) struct Parts<M> {
    literals: Vec<Literal<M>>,
    /// Literals of four bytes and more by four of them, of two and three by two, of one by itself.
    four: Table,
    two: Table,
    one: Table,
}

struct Literal<M> {
    text: Box<[u8]>,
    /// Where in the text the bytes stand that it is filed under.
    at: usize,
    meaning: M,
}

/// Literals by some of their bytes, behind a filter.
#[derive(Default)]
struct Table {
    /// A bit for each hash that occurs, one in 32 of them set.
    filter: Vec<u64>,
    shift: u32,
    /// Places in `filed` by the bytes.
    buckets: Map<u32, (u32, u32)>,
    filed: Vec<u32>,
}

impl<M> Parts<M> {
    /// Files literals, none of them empty.
    pub fn new(literals: Vec<(Box<str>, M)>) -> Self {
        let mut crowd: Map<u32, u32> = Map::default();
        for (text, _) in &literals {
            for window in text.as_bytes().windows(width(text.len())) {
                *crowd.entry(key(window)).or_default() += 1;
            }
        }
        let literals = literals.into_iter().map(|(text, meaning)| {
            let text = text.into_boxed_bytes();
            let places = text.windows(width(text.len())).enumerate();
            let rarest = places.min_by_key(|(_, window)| {
                (
                    crowd.get(&key(window)).copied().unwrap_or(0),
                    window.iter().map(|byte| commonness(*byte)).sum::<u32>(),
                )
            });
            let at = rarest.map_or(0, |(at, _)| at);
            Literal { text, at, meaning }
        });
        let literals: Vec<Literal<M>> = literals.collect();
        let table = |of: usize| {
            let numbered = (0_u32..).zip(&literals).filter(|(_, literal)| width(literal.text.len()) == of);
            Table::new(
                numbered.map(|(number, literal)| (key(&literal.text[literal.at..literal.at + of]), number)).collect(),
            )
        };
        Self { four: table(4), two: table(2), one: table(1), literals }
    }

    /// Hands over every literal at every place where it stands: its meaning, its start, its end.
    #[inline]
    pub fn find(&self, value: &[u8], mut found: impl FnMut(&M, usize, usize)) {
        self.scan::<4>(&self.four, value, &mut found);
        self.scan::<2>(&self.two, value, &mut found);
        self.scan::<1>(&self.one, value, &mut found);
    }

    #[inline]
    fn scan<const N: usize>(&self, table: &Table, value: &[u8], found: &mut impl FnMut(&M, usize, usize)) {
        if table.filed.is_empty() {
            return;
        }
        for (at, window) in value.windows(N).enumerate() {
            let key = key(window);
            if !table.may_hold(key) {
                continue;
            }
            for number in table.filed_under(key) {
                let literal = &self.literals[*number as usize];
                let Some(start) = at.checked_sub(literal.at) else { continue };
                if value[start..].starts_with(&literal.text) {
                    found(&literal.meaning, start, start + literal.text.len());
                }
            }
        }
    }
}

/// Bytes that a literal of this length is filed under.
fn width(length: usize) -> usize {
    match length {
        0 | 1 => 1,
        2 | 3 => 2,
        _ => 4,
    }
}

#[inline]
fn key(window: &[u8]) -> u32 {
    window.iter().fold(0, |key, byte| key << 8 | u32::from(*byte))
}

/// How often a byte may be expected in what machines write; decides between bytes that few literals hold.
fn commonness(byte: u8) -> u32 {
    match byte {
        b'e' | b't' | b'a' | b'o' | b'i' | b'n' | b's' | b'r' | b' ' => 3,
        b'a'..=b'z' | b'.' | b'\\' | b'/' | b'-' | b'0'..=b'9' => 2,
        _ => 1,
    }
}

impl Table {
    fn new(mut keys: Vec<(u32, u32)>) -> Self {
        if keys.is_empty() {
            return Self::default();
        }
        keys.sort_unstable();
        let mut buckets: Map<u32, (u32, u32)> = Map::default();
        for (place, (key, _)) in (0..).zip(&keys) {
            buckets.entry(*key).or_insert((place, place)).1 = place + 1;
        }
        let bits = (buckets.len() * 32).next_power_of_two().clamp(64, 1 << 24).trailing_zeros();
        let mut table =
            Self { filter: vec![0; 1 << (bits - 6)], shift: 32 - bits, buckets, filed: Vec::with_capacity(keys.len()) };
        for (key, number) in keys {
            let hash = table.hash(key);
            table.filter[hash >> 6] |= 1 << (hash & 63);
            table.filed.push(number);
        }
        table
    }

    #[inline]
    fn hash(&self, key: u32) -> usize {
        (key.wrapping_mul(0x9e37_79b1) >> self.shift) as usize
    }

    #[inline]
    fn may_hold(&self, key: u32) -> bool {
        let hash = self.hash(key);
        self.filter[hash >> 6] >> (hash & 63) & 1 == 1
    }

    fn filed_under(&self, key: u32) -> &[u32] {
        self.buckets.get(&key).map_or(&[], |(from, to)| &self.filed[*from as usize..*to as usize])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_literal_is_found_wherever_it_stands(
            literals in prop::collection::btree_set("[ab中]{1,6}", 0..30),
            value in "[ab中]{0,40}",
        ) {
            let parts = Parts::new(literals.iter().map(|text| (text.as_str().into(), text.clone())).collect());
            let mut found = Vec::new();
            parts.find(value.as_bytes(), |text, start, end| {
                assert_eq!(&value[start..end], text);
                found.push((text.clone(), start));
            });
            found.sort();
            let places = |text: &String| -> Vec<(String, usize)> {
                (0..value.len()).filter(|at| value.as_bytes()[*at..].starts_with(text.as_bytes())).map(|at| (text.clone(), at)).collect()
            };
            prop_assert_eq!(found, literals.iter().flat_map(places).collect::<Vec<_>>());
        }
    }
}
