//! Alarms on the console's first page, for those who may read the audit trail. Nobody is named: the trail says who.

use maud::{Markup, html};

use crate::respond::Alarm;
use crate::web::pages::layout::Frame;
use crate::web::pages::words::{alarms as say, circle};

/// The alarms of the last day; nothing when there are none.
pub fn alarms(frame: &Frame<'_>, alarms: &[Alarm]) -> Markup {
    html! {
        @if !alarms.is_empty() {
            section.notice aria-labelledby="alarms" {
                h2 #alarms { (frame.say(say::TITLE)) }
                ul {
                    @for alarm in alarms {
                        li {
                            @if let Some(cases) = alarm.cases {
                                (frame.say(say::READING)) ": " (say::CASES.counted(frame.language, i64::from(cases)))
                            } @else if alarm.what == "circle.glass" {
                                (frame.say(circle::RANG_AUDITOR))
                            } @else if alarm.what == "circle.orphaned" {
                                (frame.say(circle::RANG_LEFT))
                            } @else {
                                (frame.say(say::BRAKE))
                            }
                            ". " (say::ENTRY.around(frame.language, &html! { (alarm.entry) }))
                        }
                    }
                }
            }
        }
    }
}
