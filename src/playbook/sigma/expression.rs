//! The words of a condition: `selection and not 1 of filter_*`.

use std::collections::BTreeMap;

use super::unknown;
use crate::playbook::network::{Condition, Wildcard};

/// Parentheses inside each other, so that reading never outgrows the stack.
const DEEPEST: usize = 32;

/// A condition over names of selections.
#[derive(Debug, PartialEq)]
pub(super) enum Expression {
    Selection(String),
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Not(Box<Expression>),
}

impl Expression {
    /// Reads a condition over selections of these names.
    pub fn read(text: &str, names: &[&str]) -> Result<Self, String> {
        if text.contains('|') {
            return Err("an aggregation after `|` is not supported; write a correlation rule".to_owned());
        }
        let spaced = text.replace('(', " ( ").replace(')', " ) ");
        let mut reader = Reader { words: spaced.split_whitespace().collect(), at: 0, names, depth: 0 };
        let expression = reader.any()?;
        match reader.peek() {
            None => Ok(expression),
            Some(word) => Err(format!("`{word}` stands where `and`, `or` or the end is awaited")),
        }
    }

    /// The condition that it makes of its selections, all of which are there.
    pub fn over(&self, selections: &BTreeMap<&str, Condition>) -> Condition {
        let each = |parts: &[Self]| parts.iter().map(|part| part.over(selections)).collect();
        match self {
            Self::Selection(name) => selections.get(name.as_str()).cloned().unwrap_or(Condition::Any(Vec::new())),
            Self::All(parts) => Condition::All(each(parts)),
            Self::Any(parts) => Condition::Any(each(parts)),
            Self::Not(part) => Condition::Not(Box::new(part.over(selections))),
        }
    }
}

struct Reader<'a> {
    words: Vec<&'a str>,
    at: usize,
    names: &'a [&'a str],
    depth: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.words.get(self.at).copied()
    }

    fn take(&mut self, word: &str) -> bool {
        let is_it = self.peek().is_some_and(|next| next.eq_ignore_ascii_case(word));
        self.at += usize::from(is_it);
        is_it
    }

    fn next(&mut self) -> Result<&'a str, String> {
        let word = self.peek().ok_or_else(|| "the condition breaks off".to_owned())?;
        self.at += 1;
        Ok(word)
    }

    fn any(&mut self) -> Result<Expression, String> {
        let mut parts = vec![self.all()?];
        while self.take("or") {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Expression::Any))
    }

    fn all(&mut self) -> Result<Expression, String> {
        let mut parts = vec![self.one()?];
        while self.take("and") {
            parts.push(self.one()?);
        }
        Ok(one_or(parts, Expression::All))
    }

    fn one(&mut self) -> Result<Expression, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("the condition nests deeper than {DEEPEST}"));
        }
        let expression = if self.take("not") {
            Expression::Not(Box::new(self.one()?))
        } else if self.take("(") {
            let inner = self.any()?;
            if !self.take(")") {
                return Err("a parenthesis is not closed".to_owned());
            }
            inner
        } else {
            self.selection()?
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn selection(&mut self) -> Result<Expression, String> {
        let word = self.next()?;
        if !self.take("of") {
            return match self.names.iter().find(|name| **name == word) {
                Some(name) => Ok(Expression::Selection((*name).to_owned())),
                None => Err(unknown("selection", word, self.names)),
            };
        }
        let of = self.next()?;
        let pattern = Wildcard::read(of);
        let them = of.eq_ignore_ascii_case("them");
        // Sigma keeps names that begin with an underscore out of `them`.
        let chosen = |name: &&&str| if them { !name.starts_with('_') } else { pattern.fits(name) };
        let parts: Vec<Expression> =
            self.names.iter().filter(chosen).map(|name| Expression::Selection((*name).to_owned())).collect();
        if parts.is_empty() {
            return Err(format!("no selection is called `{of}`"));
        }
        match word.to_ascii_lowercase().as_str() {
            "1" | "any" => Ok(one_or(parts, Expression::Any)),
            "all" => Ok(one_or(parts, Expression::All)),
            _ => Err(format!("`{word} of` is not supported; `1 of` and `all of` are")),
        }
    }
}

fn one_or(mut parts: Vec<Expression>, join: fn(Vec<Expression>) -> Expression) -> Expression {
    if parts.len() == 1 { parts.remove(0) } else { join(parts) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        fn print(expression: &Expression) -> String {
            let each = |parts: &[Expression]| parts.iter().map(print).collect::<Vec<_>>().join(" ");
            match expression {
                Expression::Selection(name) => name.clone(),
                Expression::All(parts) => format!("(and {})", each(parts)),
                Expression::Any(parts) => format!("(or {})", each(parts)),
                Expression::Not(part) => format!("(not {})", print(part)),
            }
        }
        Expression::read(text, &["_hidden", "a", "filter_1", "filter_2", "selection"]).map(|read| print(&read))
    }

    #[test]
    fn conditions_bind_as_sigma_says() {
        for (text, meant) in [
            ("selection and not 1 of filter_*", "(and selection (not (or filter_1 filter_2)))"),
            ("a or selection and not a", "(or a (and selection (not a)))"),
            ("(a OR selection) AND a", "(and (or a selection) a)"),
            ("all of filter_*", "(and filter_1 filter_2)"),
            ("1 of them", "(or a filter_1 filter_2 selection)"),
            ("not(a)", "(not a)"),
        ] {
            assert_eq!(read(text).unwrap(), meant, "{text}");
        }
    }

    #[test]
    fn what_is_no_condition_is_refused_with_the_reason() {
        for (text, what) in [
            ("selektion", "unknown selection \"selektion\", did you mean \"selection\"?"),
            ("1 of nothing*", "no selection is called `nothing*`"),
            ("2 of them", "`2 of` is not supported; `1 of` and `all of` are"),
            ("a and", "the condition breaks off"),
            ("(a", "a parenthesis is not closed"),
            ("a a", "`a` stands where `and`, `or` or the end is awaited"),
            ("a | count() > 3", "an aggregation after `|` is not supported; write a correlation rule"),
        ] {
            assert_eq!(read(text).unwrap_err(), what, "{text}");
        }
        assert!(read(&"(".repeat(100_000)).unwrap_err().contains("nests deeper"));
        assert!(read(&"not ".repeat(100_000)).unwrap_err().contains("nests deeper"));
    }
}
