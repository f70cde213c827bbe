//! Which question to put next. A few, never about a secret, always with "not sure".

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::playbook::{Kind, Set};
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

/// Questions still worth asking, the most useful first: those that change which steps are shown, of the leading playbook
/// before its rivals. Nothing once the policy's most were answered.
pub fn next_questions(
    set: &Set,
    assessment: &Assessment,
    answers: &BTreeMap<String, String>,
    language: Language,
) -> Vec<Question> {
    let left = set.policy.most_questions.saturating_sub(answers.len());
    let rivals = assessment
        .alternatives()
        .filter(|rival| rival.chance.parts() >= 100_000)
        .filter_map(|rival| set.kind(&rival.kind));
    let kinds = set.kind(&assessment.lead).into_iter().chain(rivals);
    let mut asked: Vec<Question> = Vec::new();
    for kind in kinds {
        for question in ordered(kind) {
            let known = answers.contains_key(&question.id) || asked.iter().any(|other| other.id == question.id);
            if !known && asked.len() < left {
                asked.push(worded(question, language));
            }
        }
    }
    asked
}

/// Questions on whose answer a step depends come before those that only sharpen the odds.
fn ordered(kind: &Kind) -> Vec<&crate::playbook::Question> {
    let mut questions: Vec<&crate::playbook::Question> = kind.questions.iter().collect();
    let decides = |id: &str| {
        kind.steps.iter().any(|step| step.when.as_ref().is_some_and(|when| when.mentions(&format!("answer.{id}"))))
    };
    questions.sort_by_key(|question| !decides(&question.id));
    questions
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
