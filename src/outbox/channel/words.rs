//! The sentences of an alarm for staff: how grave, what, how long, where. Nothing of the person.

use super::escape::plain;
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
    pub fn of(alarm: &AlarmWords, language: Language) -> Self {
        let (title, advice) = match language {
            Language::En => (english(alarm), "Take it, or press \"Seen\" so that it rings no further:".to_owned()),
            Language::Zh => (chinese(alarm), "请接手，或点“已看到”让提醒不再升级：".to_owned()),
            Language::ZhHant => {
                let Self { title, advice, .. } = Self::of(alarm, Language::Zh);
                (traditional(&title), traditional(&advice))
            }
        };
        Self { title: plain(&title), advice, link: plain(&alarm.link) }
    }
}

fn english(alarm: &AlarmWords) -> String {
    let AlarmWords { level, many, reference, .. } = alarm;
    let stage = match alarm.stage {
        Stage::Raised => "",
        Stage::Seen => "Seen: ",
        Stage::Over => "Over: ",
    };
    let wait = wait(alarm.waited_minutes, ["min", "h", "days"], " ");
    match alarm.cause {
        Cause::Waits if *many > 1 => {
            format!("{stage}Level {level}: {many} incidents wait and nobody has taken them, the first for {wait}")
        }
        Cause::Waits => {
            let kind = alarm.kind.as_ref().map_or("an incident", |kind| kind.en.as_str());
            format!("{stage}Level {level}: {kind}. Case {reference} has waited for {wait} and nobody has taken it")
        }
        Cause::SourceSilent => format!("{stage}Level {level}: nothing has come from the source {reference} for {wait}"),
        Cause::DeadLetters => format!("{stage}Level {level}: letters to {reference} could not be delivered"),
    }
}

fn chinese(alarm: &AlarmWords) -> String {
    let AlarmWords { level, many, reference, .. } = alarm;
    let stage = match alarm.stage {
        Stage::Raised => "",
        Stage::Seen => "已看到：",
        Stage::Over => "已解除：",
    };
    let wait = wait(alarm.waited_minutes, ["分钟", "小时", "天"], " ");
    match alarm.cause {
        Cause::Waits if *many > 1 => format!("{stage}{level} 级：有 {many} 起事件无人接手，最早的已等 {wait}"),
        Cause::Waits => {
            let kind = alarm.kind.as_ref().map_or("一起事件", |kind| kind.zh.as_str());
            format!("{stage}{level} 级：{kind}。案件 {reference} 已等 {wait}，无人接手")
        }
        Cause::SourceSilent => format!("{stage}{level} 级：来源 {reference} 已有 {wait} 没有消息"),
        Cause::DeadLetters => format!("{stage}{level} 级：发往 {reference} 的信息无法送达"),
    }
}

fn wait(minutes: i64, [minute, hour, day]: [&str; 3], gap: &str) -> String {
    match minutes {
        ..120 => format!("{minutes}{gap}{minute}"),
        120..2_880 => format!("{}{gap}{hour}", minutes / 60),
        2_880.. => format!("{}{gap}{day}", minutes / 1_440),
    }
}
