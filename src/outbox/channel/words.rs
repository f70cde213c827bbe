//! The sentences of an alarm for staff: how grave, what, how long, where. Nothing of the person.

use super::escape::plain;
use crate::guidance::template::Templates;
use crate::guidance::words::{Say, alarm as say};
use crate::respond::alarms::{AlarmWords, Cause, Stage};
use crate::text::Language;

/// An alarm in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// One line.
    pub title: String,
    /// What to do.
    pub advice: String,
    /// The page of the console.
    pub link: String,
}

impl Words {
    /// The operator's words, else ours. What stage it is, and the link, are ours.
    pub fn of(alarm: &AlarmWords, language: Language, templates: &Templates) -> Self {
        let title = title(alarm, language, templates);
        let title = match alarm.stage {
            Stage::Raised => title,
            Stage::Seen => say::SEEN.with(language, &[("title", &title)]),
            Stage::Over => say::OVER.with(language, &[("title", &title)]),
        };
        let advice = templates.render(say::ADVICE.key(), language, &[]);
        let advice = advice.unwrap_or_else(|| say::ADVICE.get(language).to_owned());
        Self { title: plain(&title), advice: plain(&advice), link: plain(&alarm.link) }
    }
}

/// The wording that an alarm has.
fn wording(alarm: &AlarmWords) -> Say {
    match alarm.cause {
        Cause::Waits if alarm.reference.is_empty() && alarm.many <= 1 => say::WAITS_CLOSED,
        Cause::Waits if alarm.many > 1 => say::WAITS_MANY,
        Cause::Waits => say::WAITS,
        Cause::SourceSilent => say::SOURCE_SILENT,
        Cause::DeadLetters => say::DEAD_LETTERS,
        Cause::AutomaticBraked => say::AUTOMATIC_BRAKED,
        Cause::Unreviewed => say::UNREVIEWED,
        Cause::Glass => say::GLASS,
        Cause::Orphaned => say::CIRCLE_ORPHANED,
        Cause::Approval if alarm.reference.is_empty() => say::APPROVAL_CLOSED,
        Cause::Approval => say::APPROVAL,
        Cause::Late if alarm.reference.is_empty() => say::LATE_CLOSED,
        Cause::Late => say::LATE,
    }
}

fn title(alarm: &AlarmWords, language: Language, templates: &Templates) -> String {
    let (level, count) = (alarm.level.to_string(), alarm.many.to_string());
    let wait = waited(alarm.waited_minutes, language);
    let kind = alarm.kind.as_ref().map_or_else(|| say::NAMELESS.get(language), |kind| kind.get(language));
    let reference = alarm.reference.as_str();
    let pieces = [
        ("level", level.as_str()),
        ("count", &count),
        ("wait", &wait),
        ("kind", kind),
        ("reference", reference),
        ("source", reference),
        ("target", reference),
    ];
    let wording = wording(alarm);
    let own = templates.render(wording.key(), language, &pieces);
    own.unwrap_or_else(|| wording.with(language, &pieces))
}

fn waited(minutes: i64, language: Language) -> String {
    let (number, unit) = match minutes {
        ..120 => (minutes, say::MINUTES),
        120..2_880 => (minutes / 60, say::HOURS),
        2_880.. => (minutes / 1_440, say::DAYS),
    };
    unit.with(language, &[("number", &number.to_string())])
}
