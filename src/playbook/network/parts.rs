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
    /// By hash and then on to the next that is free: some bytes, and their literals from one place in `filed` to another.
    slots: Vec<(u32, u32, u32)>,
    slot_shift: u32,
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
        let mut at = 0;
        while let Some((next, key)) = table.next::<N>(value, at) {
            at = next + 1;
            for number in table.filed_under(key) {
                let literal = &self.literals[*number as usize];
                let Some(start) = next.checked_sub(literal.at) else { continue };
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
    match *window {
        [one, two, three, four] => u32::from_le_bytes([one, two, three, four]),
        [one, two] => u32::from_le_bytes([one, two, 0, 0]),
        [one] => u32::from(one),
        _ => 0,
    }
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
        let filed = keys.iter().map(|(_, number)| *number).collect();
        let mut buckets: Vec<(u32, u32, u32)> = Vec::new();
        for (place, (key, _)) in (0..).zip(&keys) {
            match buckets.last_mut() {
                Some((known, _, to)) if known == key => *to = place + 1,
                Some(_) | None => buckets.push((*key, place, place + 1)),
            }
        }
        let bits = (buckets.len() * 32).next_power_of_two().clamp(64, 1 << 24).trailing_zeros();
        let slot_bits = (buckets.len() * 2).next_power_of_two().trailing_zeros();
        let mut table = Self {
            filter: vec![0; 1 << (bits - 6)],
            shift: 32 - bits,
            slots: vec![(0, 0, 0); 1 << slot_bits],
            slot_shift: 32 - slot_bits,
            filed,
        };
        for bucket in buckets {
            let hash = hash(bucket.0, table.shift);
            table.filter[hash >> 6] |= 1 << (hash & 63);
            let mut slot = hash_of_slot(bucket.0, table.slot_shift);
            while table.slots[slot].2 != 0 {
                slot = (slot + 1) & (table.slots.len() - 1);
            }
            table.slots[slot] = bucket;
        }
        table
    }

    /// The first place from `from` on where a literal may be, and the bytes there. Kept apart and small, for it sees every
    /// byte of every value.
    #[inline(never)]
    fn next<const N: usize>(&self, value: &[u8], from: usize) -> Option<(usize, u32)> {
        let (filter, shift) = (self.filter.as_slice(), self.shift);
        let may_hold = |window: &[u8]| {
            let hash = hash(key(window), shift);
            filter[hash >> 6] >> (hash & 63) & 1 == 1
        };
        let rest = value.get(from..)?;
        let at = rest.windows(N).position(may_hold)?;
        Some((from + at, key(&rest[at..at + N])))
    }

    #[inline]
    fn filed_under(&self, key: u32) -> &[u32] {
        let mut slot = hash_of_slot(key, self.slot_shift);
        // Half of the slots are free, so the search ends.
        loop {
            let (known, from, to) = self.slots[slot];
            if to == 0 {
                return &[];
            }
            if known == key {
                return &self.filed[from as usize..to as usize];
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }
}

/// The upper bits, which all bytes of the key have a part in; `shift` is below 32.
#[inline]
fn hash(key: u32, shift: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> (shift & 31)) as usize
}

/// What shares its bit of the filter shall not share its slot.
#[inline]
fn hash_of_slot(key: u32, shift: u32) -> usize {
    hash((key ^ (key >> 15)).wrapping_mul(0x85eb_ca6b), shift)
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
