//! What a person is asked about our work, and when: nothing before a day after closing, then one question, then two more.

use serde::{Deserialize, Serialize};

use crate::time::{Span, Timestamp};

/// How long after closing the first question comes.
const PAUSE: Span = Span::from_days(1);

/// Whether the trouble is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Solved {
    Yes,
    Partly,
    No,
}

/// How soon we answered, as it felt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speed {
    Fast,
    Fine,
    Slow,
}

/// The text is not one of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one of the answers")]
pub struct NotAnAnswer;

macro_rules! words {
    ($name:ident { $($variant:ident: $word:literal),* }) => {
        impl $name {
            pub const ALL: [Self; 3] = [$(Self::$variant),*];

            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnAnswer;

            fn from_str(text: &str) -> Result<Self, NotAnAnswer> {
                match text { $($word => Ok(Self::$variant),)* _ => Err(NotAnAnswer) }
            }
        }
    };
}

words!(Solved { Yes: "yes", Partly: "partly", No: "no" });
words!(Speed { Fast: "fast", Fine: "fine", Slow: "slow" });

/// What was answered so far; nothing has to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// 1 (bad) to 5 (good).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solved: Option<Solved>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed: Option<Speed>,
}

/// What to ask now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// Nothing by ourselves; whoever wants to say something finds the place for it.
    #[default]
    Nothing,
    /// The one question.
    First,
    /// Solved, and how soon.
    More,
    /// All was answered.
    Thanks,
}

/// What to ask somebody whose case closed then, or is open.
pub fn ask(closed: Option<Timestamp>, now: Timestamp, given: &Rating) -> Ask {
    match given {
        Rating { satisfaction: None, .. } if closed.is_some_and(|closed| now.since(closed) >= PAUSE) => Ask::First,
        Rating { satisfaction: None, .. } => Ask::Nothing,
        Rating { solved: Some(_), speed: Some(_), .. } => Ask::Thanks,
        Rating { .. } => Ask::More,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_question_comes_after_a_day_and_two_more_after_an_answer() {
        let closed = Timestamp::from_millis(0);
        let at = |hours: i64| closed.plus(Span::from_minutes(hours * 60));
        let nothing = Rating::default();
        assert_eq!(ask(None, at(1_000), &nothing), Ask::Nothing, "an open case is asked nothing");
        assert_eq!(ask(Some(closed), at(23), &nothing), Ask::Nothing);
        assert_eq!(ask(Some(closed), at(24), &nothing), Ask::First);
        let rated = Rating { satisfaction: Some(4), ..nothing };
        assert_eq!(ask(Some(closed), at(24), &rated), Ask::More);
        assert_eq!(ask(None, at(1), &rated), Ask::More, "whoever speaks first is asked the rest");
        let all = Rating { solved: Some(Solved::Partly), speed: Some(Speed::Fine), ..rated };
        assert_eq!(ask(Some(closed), at(48), &all), Ask::Thanks);
    }

    #[test]
    fn every_answer_reads_back() {
        assert!(Solved::ALL.into_iter().all(|solved| solved.as_str().parse() == Ok(solved)));
        assert!(Speed::ALL.into_iter().all(|speed| speed.as_str().parse() == Ok(speed)));
        assert_eq!("maybe".parse::<Solved>(), Err(NotAnAnswer));
    }
}
