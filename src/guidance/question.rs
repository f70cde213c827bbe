//! Which question to put next. A few, never about a secret, always with "not sure".

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::gain::gains;
use crate::playbook::Set;
use crate::scoring::Assessment;
use crate::text::Language;

/// A question in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub id: String,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    pub choices: Vec<Choice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub id: String,
    pub text: String,
}

/// Questions still worth asking, the one with the greatest expected gain for what is done first. Nothing once the
/// policy's most were answered; a question that can change nothing is not asked.
pub fn next_questions(
    set: &Set,
    assessment: &Assessment,
    answers: &BTreeMap<String, String>,
    language: Language,
) -> Vec<Question> {
    let left = set.policy.most_questions.saturating_sub(answers.len());
    gains(set, assessment, answers).into_iter().take(left).map(|gain| worded(gain.question, language)).collect()
}

fn worded(question: &crate::playbook::Question, language: Language) -> Question {
    let choices = question
        .answers
        .iter()
        .map(|answer| Choice { id: answer.id.clone(), text: answer.text.get(language).to_owned() });
    Question {
        id: question.id.clone(),
        text: question.ask.get(language).to_owned(),
        why: question.why.as_ref().map(|why| why.get(language).to_owned()),
        choices: choices.collect(),
    }
}
