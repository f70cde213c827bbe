//! Whom an event is about, as candidates; whether they are known is for those to say who know the accounts.

use serde::Deserialize;
use serde_saphyr::Spanned;

use super::fault::Flaw;
use super::shape::OneOrMany;
use crate::signal::Facts;

/// How a candidate is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resolve {
    Identity,
    Wallet,
    Device,
}

/// Someone the event may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub resolve: Resolve,
    pub field: String,
    pub value: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    any_of: Option<Vec<Spanned<String>>>,
    first_of: Option<Vec<Spanned<String>>>,
    resolve: Resolve,
    otherwise: Option<Unattributed>,
}

/// The one thing an event without a subject can be.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Unattributed {
    Unattributed,
}

/// A checked rule.
#[derive(Debug, Clone)]
pub struct Subject {
    fields: Vec<String>,
    every: bool,
    resolve: Resolve,
    may_be_absent: bool,
}

impl Subject {
    /// `known` says which fields the mapping gives.
    pub fn check(written: &Spanned<OneOrMany<Written>>, known: &[&str]) -> Result<Vec<Self>, Flaw> {
        written.value.0.iter().map(|one| Self::check_one(one, written, known)).collect()
    }

    fn check_one<T>(one: &Written, written: &Spanned<T>, known: &[&str]) -> Result<Self, Flaw> {
        let (fields, every) = match (&one.any_of, &one.first_of) {
            (Some(fields), None) => (fields, true),
            (None, Some(fields)) => (fields, false),
            (Some(_), Some(_)) | (None, None) => {
                return Err(Flaw::at(written, "a subject has either `any_of` or `first_of`"));
            }
        };
        if let Some(wrong) = fields.iter().find(|field| !known.contains(&field.value.as_str())) {
            return Err(Flaw::unknown(wrong, "field of this mapping", &wrong.value, known.iter().copied()));
        }
        let may_be_absent = matches!(one.otherwise, Some(Unattributed::Unattributed));
        Ok(Self {
            fields: fields.iter().map(|field| field.value.clone()).collect(),
            every,
            resolve: one.resolve,
            may_be_absent,
        })
    }

    /// Whether an event without this subject is as it should be.
    pub fn may_be_absent(&self) -> bool {
        self.may_be_absent
    }

    pub fn candidates(&self, facts: &Facts) -> Vec<Candidate> {
        let named = self.fields.iter().filter(|field| facts.has(field));
        let values = named
            .take(if self.every { usize::MAX } else { 1 })
            .flat_map(|field| facts.get(field).iter().map(move |value| (field, value)));
        let mut candidates: Vec<Candidate> = Vec::new();
        for (field, value) in values {
            // A transfer to oneself has one subject.
            if !candidates.iter().any(|candidate| candidate.value == *value) {
                candidates.push(Candidate { resolve: self.resolve, field: field.clone(), value: value.clone() });
            }
        }
        candidates
    }
}
