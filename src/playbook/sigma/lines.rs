//! A condition as a `match`: lines of which any must fit, each a map of tests that all must.
//!
//! Correlations take such matches; a condition that says `not` of more than a missing field cannot be written so.

use serde_json::{Map, Value};

use crate::playbook::network::{Asks, Atom, Bound, Case, Condition, Part, Text};

/// Lines that one condition may become.
const MOST_LINES: usize = 64;

pub(super) type Line = Map<String, Value>;

/// The lines of a condition, or why there are none.
pub(super) fn lines(condition: &Condition) -> Result<Vec<Line>, String> {
    let lines = match condition {
        Condition::Atom(atom) => vec![line(atom)?],
        Condition::Not(part) => match &**part {
            Condition::Atom(Atom { field, asks: Asks::Exists }) => {
                vec![Map::from_iter([(format!("{field}|exists"), Value::Bool(false))])]
            }
            _ => return Err("a correlation takes no rule with `not`".to_owned()),
        },
        Condition::Any(parts) => {
            let mut any = Vec::new();
            for part in parts {
                let rest = lines_of_any(lines(part)?, &mut any);
                any.extend(rest);
            }
            any
        }
        Condition::All(parts) => {
            let mut all = vec![Map::new()];
            for part in parts {
                all = product(&all, &lines(part)?)?;
            }
            all
        }
    };
    if lines.len() > MOST_LINES {
        return Err(format!("a correlation takes no rule of more than {MOST_LINES} alternatives"));
    }
    Ok(lines)
}

/// Adds what can be one list of values with the last line; gives back the rest.
fn lines_of_any(new: Vec<Line>, any: &mut [Line]) -> Vec<Line> {
    let mut rest = Vec::new();
    for line in new {
        let same = any.last_mut().filter(|last| last.len() == 1 && line.len() == 1).and_then(|last| {
            let (key, value) = line.iter().next()?;
            let known = last.get_mut(key).filter(|_| !key.ends_with("|exists"))?;
            Some((known, value.clone()))
        });
        match same {
            Some((known, Value::Array(values))) => extend(known, values),
            Some((known, value)) => extend(known, vec![value]),
            None => rest.push(line),
        }
    }
    rest
}

fn extend(known: &mut Value, more: Vec<Value>) {
    match known {
        Value::Array(values) => values.extend(more),
        one => {
            let first = one.take();
            *one = Value::Array(std::iter::once(first).chain(more).collect());
        }
    }
}

fn product(all: &[Line], with: &[Line]) -> Result<Vec<Line>, String> {
    if all.len() * with.len() > MOST_LINES {
        return Err(format!("a correlation takes no rule of more than {MOST_LINES} alternatives"));
    }
    let mut product = Vec::new();
    for one in all {
        for other in with {
            let mut line = one.clone();
            for (key, value) in other {
                if line.insert(key.clone(), value.clone()).is_some_and(|before| before != *value) {
                    return Err(format!("a correlation takes no rule that asks for `{key}` twice"));
                }
            }
            product.push(line);
        }
    }
    Ok(product)
}

fn line(atom: &Atom) -> Result<Line, String> {
    let (how, value) = match &atom.asks {
        Asks::Exists => ("|exists", Value::Bool(true)),
        Asks::Text(text, Case::Ignored) => match text {
            Text::Equal(text) => ("", Value::from(text.as_str())),
            Text::Part(Part::Start, text) => ("|startswith", Value::from(text.as_str())),
            Text::Part(Part::End, text) => ("|endswith", Value::from(text.as_str())),
            Text::Part(Part::Anywhere, text) => ("|contains", Value::from(text.as_str())),
            Text::Wildcard(_) => return Err("a correlation takes no rule with wildcards inside a text".to_owned()),
        },
        Asks::Text(_, Case::Kept) => return Err("a correlation takes no rule with `cased`".to_owned()),
        Asks::Number(bound) => {
            let (how, number) = match bound {
                Bound::Equal(number) => ("", number),
                Bound::Above(number) => ("|gt", number),
                Bound::AtLeast(number) => ("|gte", number),
                Bound::Below(number) => ("|lt", number),
                Bound::AtMost(number) => ("|lte", number),
            };
            (how, Value::from(number.to_string()))
        }
        Asks::Matches(pattern) => ("|re", Value::from(pattern.as_str())),
        Asks::Within(network, bits) => ("|cidr", Value::from(format!("{network}/{bits}"))),
        Asks::Field(..) => return Err("a correlation takes no rule with `fieldref`".to_owned()),
    };
    Ok(Map::from_iter([(format!("{}{how}", atom.field), value)]))
}
