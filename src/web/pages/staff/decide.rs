//! The forms that change where an incident stands: a verdict closes it, escalation raises it, reopening brings it back.

use maud::{Markup, html};

use super::actions::Post;
use super::incident::{Hands, IncidentPage};
use super::layout::key;
use super::{correct, words as say};
use crate::access::Permission;
use crate::incident::Verdict;
use crate::playbook::Class;
use crate::scoring::Standing;
use crate::web::pages::plan::hidden;

/// The longest reason, in characters.
const REASON_LIMIT: u32 = 2_000;
/// Kinds offered for a verdict, the lead among them.
const KINDS: usize = 12;

/// What can be decided now.
pub fn decide(page: &IncidentPage<'_>) -> Markup {
    html! {
        @if page.frame.may(Permission::JudgeIncident) {
            section.sheet #decide {
                h2 { (page.say(say::DECIDE)) }
                @match page.hands() {
                    Hands::Closed => (reopen(page)),
                    Hands::Nobody | Hands::Mine | Hands::Another => {
                        (verdict(page)) (escalate(page)) (super::shift::tiers(&page.frame, (page.detail.id, page.csrf))) (correct::place(page))
                    }
                }
            }
        }
    }
}

fn verdict(page: &IncidentPage<'_>) -> Markup {
    let assessment = &page.detail.assessment;
    let others = assessment.standings.iter().filter(|standing| standing.kind != assessment.lead).take(KINDS - 1);
    html! {
        form method="post" action=(Post::Verdict.to(page.detail.id)) {
            (guards(page))
            label for="verdict" { (page.say(say::VERDICT)) (key("v")) }
            select #verdict name="verdict" accesskey="v" required {
                option value="" { (page.say(say::CHOOSE)) }
                @for verdict in [Verdict::Confirmed, Verdict::FalseAlarm, Verdict::Answered, Verdict::Duplicate] {
                    option value=(verdict.as_str()) { (page.say(say::verdict(verdict))) }
                }
            }
            label for="kind" { (page.say(say::IT_WAS)) }
            select #kind name="kind" {
                option value=(assessment.lead) selected { (page.kind(&assessment.lead)) }
                @for Standing { kind, .. } in others { option value=(kind) { (page.kind(kind)) } }
                option value="" { (page.say(say::NOT_LISTED)) }
            }
            (reason(page, "verdict-reason"))
            button { (page.say(say::CLOSE)) }
            p.hint { (page.say(say::CLOSE_HINT)) }
        }
    }
}

/// Upwards only: the better levels, and for a routine request its own one in the security lane.
fn escalate(page: &IncidentPage<'_>) -> Markup {
    let detail = page.detail;
    let least = match detail.class {
        Class::Security => detail.level.saturating_sub(1),
        Class::Routine => detail.level,
    };
    html! {
        @if least > 0 {
            details {
                summary { (page.say(say::ESCALATE)) }
                form method="post" action=(Post::Escalate.to(detail.id)) {
                    (guards(page))
                    label for="level" { (page.say(say::NEW_LEVEL)) }
                    select #level name="level" required {
                        @for level in (1..=least).rev() { option value=(level) { (level) " " (page.say(say::level(i64::from(level)))) } }
                    }
                    (reason(page, "escalate-reason"))
                    button { (page.say(say::ESCALATE)) }
                    p.hint { (page.say(say::ESCALATE_HINT)) }
                }
            }
        }
    }
}

fn reopen(page: &IncidentPage<'_>) -> Markup {
    html! {
        form method="post" action=(Post::Reopen.to(page.detail.id)) {
            (guards(page))
            (reason(page, "reopen-reason"))
            button.strong { (page.say(say::REOPEN)) }
            p.hint { (page.say(say::REOPEN_HINT)) }
        }
    }
}

/// The token against forged posts, and the version that was seen.
fn guards(page: &IncidentPage<'_>) -> Markup {
    html! { (hidden("csrf", page.csrf)) (hidden("version", &page.detail.version.to_string())) }
}

fn reason(page: &IncidentPage<'_>, id: &str) -> Markup {
    html! {
        label for=(id) { (page.say(say::REASON)) }
        textarea id=(id) name="reason" rows="2" maxlength=(REASON_LIMIT) dir="auto" required {}
    }
}
