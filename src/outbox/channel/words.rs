//! The sentences of an alarm for staff: how grave, what, how long, where. Nothing of the person.

use super::escape::plain;
use crate::guidance::template::Templates;
use crate::respond::alarms::{AlarmWords, Cause, Stage};
use crate::text::{Language, traditional};

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
        let stage = stage(alarm.stage, language);
        let title = own(alarm, language, templates).unwrap_or_else(|| built_in(alarm, language));
        let advice = templates.render("alarm-advice", language, &[]);
        let advice = advice.unwrap_or_else(|| match language {
            Language::En => "Take it, or press \"Seen\" so that it rings no further:".to_owned(),
            Language::Zh => "请接手，或点“已看到”让提醒不再升级：".to_owned(),
            Language::ZhHant => traditional("请接手，或点“已看到”让提醒不再升级："),
        });
        Self { title: plain(&format!("{stage}{title}")), advice: plain(&advice), link: plain(&alarm.link) }
    }
}

/// The name of the wording that an alarm has.
fn name(alarm: &AlarmWords) -> &'static str {
    match alarm.cause {
        Cause::Waits if alarm.many > 1 => "alarm-waits-many",
        Cause::Waits => "alarm-waits",
        Cause::SourceSilent => "alarm-source-silent",
        Cause::DeadLetters => "alarm-dead-letters",
        Cause::Glass => "alarm-glass",
        Cause::Orphaned => "alarm-circle-orphaned",
    }
}

fn own(alarm: &AlarmWords, language: Language, templates: &Templates) -> Option<String> {
    let (level, count) = (alarm.level.to_string(), alarm.many.to_string());
    let wait = waited(alarm.waited_minutes, language);
    let kind = alarm.kind.as_ref().map_or_else(|| nameless(language), |kind| kind.get(language).to_owned());
    let reference = alarm.reference.as_str();
    let pieces = [
        ("level", level.as_str()),
        ("count", &count),
        ("wait", &wait),
        ("kind", &kind),
        ("reference", reference),
        ("source", reference),
        ("target", reference),
    ];
    templates.render(name(alarm), language, &pieces)
}

fn stage(stage: Stage, language: Language) -> &'static str {
    match (stage, language) {
        (Stage::Raised, _) => "",
        (Stage::Seen, Language::En) => "Seen: ",
        (Stage::Over, Language::En) => "Over: ",
        (Stage::Seen, Language::Zh | Language::ZhHant) => "已看到：",
        (Stage::Over, Language::Zh | Language::ZhHant) => "已解除：",
    }
}

fn nameless(language: Language) -> String {
    match language {
        Language::En => "an incident",
        Language::Zh | Language::ZhHant => "一起事件",
    }
    .to_owned()
}

fn built_in(alarm: &AlarmWords, language: Language) -> String {
    match language {
        Language::En => english(alarm),
        Language::Zh => chinese(alarm),
        Language::ZhHant => traditional(&chinese(alarm)),
    }
}

fn english(alarm: &AlarmWords) -> String {
    let AlarmWords { level, many, reference, .. } = alarm;
    let wait = waited(alarm.waited_minutes, Language::En);
    match alarm.cause {
        Cause::Waits if *many > 1 => {
            format!("Level {level}: {many} incidents wait and nobody has taken them, the first for {wait}")
        }
        Cause::Waits if reference.is_empty() => {
            format!("Level {level}: a case has waited for {wait} and nobody has taken it")
        }
        Cause::Waits => {
            let kind = alarm.kind.as_ref().map_or("an incident", |kind| kind.en.as_str());
            format!("Level {level}: {kind}. Case {reference} has waited for {wait} and nobody has taken it")
        }
        Cause::SourceSilent => format!("Level {level}: nothing has come from the source {reference} for {wait}"),
        Cause::DeadLetters => format!("Level {level}: letters to {reference} could not be delivered"),
        Cause::Glass => format!("Level {level}: somebody broke the glass of a closed case"),
        Cause::Orphaned => format!("Level {level}: a closed case has nobody left and stands open to the approvers"),
    }
}

fn chinese(alarm: &AlarmWords) -> String {
    let AlarmWords { level, many, reference, .. } = alarm;
    let wait = waited(alarm.waited_minutes, Language::Zh);
    match alarm.cause {
        Cause::Waits if *many > 1 => format!("{level} 级：有 {many} 起事件无人接手，最早的已等 {wait}"),
        Cause::Waits if reference.is_empty() => format!("{level} 级：有一起案件已等 {wait}，无人接手"),
        Cause::Waits => {
            let kind = alarm.kind.as_ref().map_or("一起事件", |kind| kind.zh.as_str());
            format!("{level} 级：{kind}。案件 {reference} 已等 {wait}，无人接手")
        }
        Cause::SourceSilent => format!("{level} 级：来源 {reference} 已有 {wait} 没有消息"),
        Cause::DeadLetters => format!("{level} 级：发往 {reference} 的信息无法送达"),
        Cause::Glass => format!("{level} 级：有人紧急进入了一起限定人员的案件"),
        Cause::Orphaned => format!("{level} 级：一起限定人员的案件已无人可处理，已向审批人开放"),
    }
}

fn waited(minutes: i64, language: Language) -> String {
    match language {
        Language::En => wait(minutes, ["min", "h", "days"], " "),
        Language::Zh => wait(minutes, ["分钟", "小时", "天"], " "),
        Language::ZhHant => wait(minutes, ["分鐘", "小時", "天"], " "),
    }
}

fn wait(minutes: i64, [minute, hour, day]: [&str; 3], gap: &str) -> String {
    match minutes {
        ..120 => format!("{minutes}{gap}{minute}"),
        120..2_880 => format!("{}{gap}{hour}", minutes / 60),
        2_880.. => format!("{}{gap}{day}", minutes / 1_440),
    }
}
