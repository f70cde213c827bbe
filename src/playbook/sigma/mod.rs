//! Sigma's own form of a condition: selections of fields with modifiers, and a condition over their names.
//!
//! A sign may be written so (`detection:`), and whole Sigma rules become such signs (`import`). What cannot be taken over
//! is said with its place and reason, never guessed at. Aggregations and keywords without a field are left out.

mod encode;
mod expression;
mod import;
mod item;
mod lines;
mod rule;
#[cfg(test)]
mod tests;
mod yaml;

use std::collections::BTreeMap;

use serde_json::Value;

pub use import::{Import, import};

use super::fault::unknown;
use super::network::Condition;
use crate::signal::FieldType;
use expression::Expression;

/// As written: names of selections to maps or lists of maps, and `condition`.
pub type Detection = BTreeMap<String, Value>;

/// Why something could not be taken over, and the names on the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub path: Vec<String>,
    pub what: String,
}

impl Refused {
    fn new(what: impl Into<String>) -> Self {
        Self { path: Vec::new(), what: what.into() }
    }

    fn within(mut self, name: &str) -> Self {
        self.path.insert(0, name.to_owned());
        self
    }
}

/// The fields that a detection may name.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    pub type_of: &'a dyn Fn(&str) -> Option<FieldType>,
    /// For the hint beside an unknown name.
    pub known: &'a [&'a str],
}

/// Checks a detection and makes it a condition for the network.
pub fn condition(written: &Detection, fields: Fields<'_>) -> Result<Condition, Refused> {
    if written.contains_key("timeframe") {
        return Err(Refused::new("counting over time is a correlation, not a detection").within("timeframe"));
    }
    let mut selections = BTreeMap::new();
    for (name, selection) in written.iter().filter(|(name, _)| *name != "condition") {
        let condition = item::selection(selection, fields).map_err(|refused| refused.within(name))?;
        selections.insert(name.as_str(), condition);
    }
    let names: Vec<&str> = selections.keys().copied().collect();
    let asked = written.get("condition").ok_or_else(|| Refused::new("a detection needs a `condition`"))?;
    let texts = asked.as_array().map_or_else(|| std::slice::from_ref(asked), Vec::as_slice);
    let mut any = Vec::new();
    for text in texts {
        let text = text.as_str().ok_or_else(|| Refused::new("a condition is a text").within("condition"))?;
        let expression = Expression::read(text, &names).map_err(|what| Refused::new(what).within("condition"))?;
        any.push(expression.over(&selections));
    }
    Ok(if any.len() == 1 { any.remove(0) } else { Condition::Any(any) })
}
