//! JSON as a tree, with what JSON leaves open decided: a repeated key, NUL and deep nesting are refused (IN-07).

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::typed::Fault;

/// Levels of arrays and objects.
const DEEPEST: usize = 32;
/// The key under which `serde_json` hands over a number as it was written (its feature `arbitrary_precision`).
const NUMBER: &str = "$serde_json::private::Number";

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    Null,
    Truth(bool),
    Number(serde_json::Number),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

pub(super) fn parse(bytes: &[u8]) -> Result<Tree, Fault> {
    let malformed = || Fault::new("json").under("body");
    let text = str::from_utf8(bytes).map_err(|_| malformed())?;
    let mut fault = None;
    let mut parser = serde_json::Deserializer::from_str(text);
    let grown = Grow { depth: 0, fault: &mut fault }.deserialize(&mut parser);
    let tree = grown.map_err(|_| fault.unwrap_or_else(malformed))?;
    parser.end().map_err(|_| malformed())?;
    Ok(tree)
}

/// Grows one value; a fault is left beside, because the parser's own error holds nothing but words.
struct Grow<'a> {
    depth: usize,
    fault: &'a mut Option<Fault>,
}

impl Grow<'_> {
    fn refuse<E: Error>(&mut self, fault: Fault) -> E {
        *self.fault = Some(fault);
        E::custom("refused")
    }

    fn deeper<E: Error>(&mut self) -> Result<usize, E> {
        if self.depth == DEEPEST {
            return Err(self.refuse(Fault::new("nesting")));
        }
        Ok(self.depth + 1)
    }

    fn locate(&mut self, place: &str) {
        if let Some(fault) = self.fault.take() {
            *self.fault = Some(fault.under(place));
        }
    }

    fn text<E: Error>(&mut self, text: String) -> Result<String, E> {
        if text.contains('\0') {
            return Err(self.refuse(Fault::new("nul")));
        }
        Ok(text)
    }
}

impl<'de> DeserializeSeed<'de> for Grow<'_> {
    type Value = Tree;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Grow<'_> {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Tree, E> {
        Ok(Tree::Truth(truth))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Tree, E> {
        Ok(Tree::Number(number.into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Tree, E> {
        Ok(Tree::Number(number.into()))
    }

    fn visit_f64<E: Error>(mut self, number: f64) -> Result<Tree, E> {
        serde_json::Number::from_f64(number).map(Tree::Number).ok_or_else(|| self.refuse(Fault::new("number")))
    }

    fn visit_str<E: Error>(mut self, text: &str) -> Result<Tree, E> {
        self.text(text.to_owned()).map(Tree::Text)
    }

    fn visit_string<E: Error>(mut self, text: String) -> Result<Tree, E> {
        self.text(text).map(Tree::Text)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Tree, A::Error> {
        let depth = self.deeper()?;
        let mut list = Vec::new();
        loop {
            let item = items.next_element_seed(Grow { depth, fault: self.fault });
            match item.inspect_err(|_| self.locate(&format!("[{}]", list.len())))? {
                Some(item) => list.push(item),
                None => return Ok(Tree::List(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<Tree, A::Error> {
        let mut next = entries.next_key::<String>()?;
        if next.as_deref() == Some(NUMBER) {
            let written = entries.next_value::<String>()?;
            return written.parse().map(Tree::Number).map_err(|_| self.refuse(Fault::new("number")));
        }
        let depth = self.deeper()?;
        let mut seen = BTreeSet::new();
        let mut object = Vec::new();
        while let Some(key) = next {
            let key = self.text(key)?;
            if !seen.insert(key.clone()) {
                return Err(self.refuse(Fault::new("repeated").under(&key)));
            }
            let value = entries.next_value_seed(Grow { depth, fault: self.fault });
            let value = value.inspect_err(|_| self.locate(&key))?;
            object.push((key, value));
            next = entries.next_key()?;
        }
        Ok(Tree::Object(object))
    }
}
