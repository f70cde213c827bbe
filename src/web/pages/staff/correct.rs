//! Forms by which a person corrects a case, each with a reason: signals, level and kind, sameness; and whole values.

use maud::{Markup, html};

use super::actions;
use super::figures;
use super::incident::{Hands, IncidentPage};
use super::mask;
use super::words as staff;
use crate::access::Permission;
use crate::respond::desk::PERSONAL;
use crate::scoring::Standing;
use crate::signal::Facts;
use crate::text::defang;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{desk as say, facts};

/// Kinds offered, the lead among them.
const KINDS: usize = 12;

fn may(page: &IncidentPage<'_>) -> bool {
    page.frame.may(Permission::JudgeIncident) && matches!(page.hands(), Hands::Nobody | Hands::Mine)
}

fn guards(page: &IncidentPage<'_>, what: Option<&str>) -> Markup {
    html! {
        (hidden("csrf", page.csrf)) (hidden("version", &page.detail.version.to_string()))
        @if let Some(what) = what { (hidden("what", what)) }
    }
}

fn reason(page: &IncidentPage<'_>, id: &str) -> Markup {
    html! {
        label for=(id) { (page.say(staff::REASON)) }
        textarea id=(id) name="reason" rows="2" maxlength="2000" dir="auto" required {}
    }
}

fn kind(page: &IncidentPage<'_>, facts: &Facts) -> String {
    defang(facts::called(facts.first("kind").unwrap_or("unclassified"), page.frame.language))
}

/// Which signals are false or belong elsewhere, and those that were set aside.
pub fn signals(page: &IncidentPage<'_>) -> Markup {
    let action = actions::correct(page.detail.id);
    html! {
        @if may(page) && page.detail.signals.len() > 1 {
            details.correct {
                summary accesskey="f" { (page.say(say::CORRECT)) (super::layout::key("f")) }
                form.write method="post" action=(action) {
                    (guards(page, None))
                    p.hint { (page.say(say::CORRECT_HINT)) }
                    fieldset {
                        legend { (page.say(say::CORRECT_WHAT)) }
                        @for (number, signal) in (1..).zip(&page.detail.signals) {
                            label.choice { input type="checkbox" name="signal" value=(signal.id); " " (number) " " bdi { (kind(page, &signal.facts)) } " " span.hint { bdi { (defang(&signal.endpoint)) } } }
                        }
                    }
                    label.choice { input type="radio" name="what" value="false" checked; " " (page.say(say::IS_FALSE)) }
                    label.choice { input type="radio" name="what" value="split"; " " (page.say(say::IS_OWN)) }
                    label.choice { input type="radio" name="what" value="move"; " " (page.say(say::IS_OTHER)) }
                    label for="into" { (page.say(say::INTO)) }
                    input #into type="text" name="into" maxlength="60" autocomplete="off";
                    (reason(page, "correct-reason"))
                    button { (page.say(say::CORRECT_GO)) }
                }
            }
        }
        @if may(page) && page.detail.signals.len() == 1 {
            p.hint { (page.say(say::ONLY_ONE)) " " a.source href="#decide" { (page.say(staff::DECIDE)) } }
        }
        @if !page.beside.aside.is_empty() {
            h3 { (page.say(say::ASIDE)) " " span.count { (page.beside.aside.len()) } }
            @for aside in &page.beside.aside {
                article.observed.aside {
                    p {
                        s { bdi { (kind(page, &aside.signal.facts)) } } " "
                        span.hint {
                            (if aside.moved { say::WAS_MOVED } else { say::WAS_FALSE }.around(page.frame.language, &html! { bdi { (page.call(&aside.by)) } }))
                            " · " (figures::moment(&page.frame, aside.at, page.now))
                        }
                        @if let Some(into) = aside.into { " " a href=(actions::incident(into)) { "→" } }
                    }
                    p.hint { (mask::prose(page, &aside.reason)) }
                    @if !aside.moved && may(page) {
                        details { summary { (page.say(say::PUT_BACK)) }
                            form.write method="post" action=(action) {
                                (guards(page, Some("true"))) (hidden("signal", &aside.signal.id.to_string()))
                                (reason(page, &format!("back-{}", aside.signal.id)))
                                button { (page.say(say::PUT_BACK)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Another level or kind, and sameness with another case.
pub fn place(page: &IncidentPage<'_>) -> Markup {
    let (detail, action) = (page.detail, actions::correct(page.detail.id));
    let assessment = &detail.assessment;
    let others = assessment.standings.iter().filter(|standing| standing.kind != assessment.lead).take(KINDS - 1);
    html! {
        @if may(page) {
            details {
                summary accesskey="o" { (page.say(say::RULE)) (super::layout::key("o")) }
                form method="post" action=(action) {
                    (guards(page, Some("rule")))
                    p.hint { (page.say(say::RULE_HINT)) }
                    label for="rule-level" { (page.say(staff::NEW_LEVEL)) }
                    select #rule-level name="level" required {
                        @for level in 1..=5_u8 { option value=(level) selected[level == detail.level] { (level) " " (page.say(staff::level(i64::from(level)))) } }
                    }
                    label for="rule-kind" { (page.say(say::RULE_KIND)) }
                    select #rule-kind name="kind" {
                        option value="" selected { (page.say(say::RULE_SAME)) }
                        option value=(assessment.lead) { (page.kind(&assessment.lead)) }
                        @for Standing { kind, .. } in others { option value=(kind) { (page.kind(kind)) } }
                    }
                    (reason(page, "rule-reason"))
                    button { (page.say(say::RULE_GO)) }
                }
            }
            details {
                summary accesskey="g" { (page.say(say::MERGE)) (super::layout::key("g")) }
                form method="post" action=(action) {
                    (guards(page, Some("merge")))
                    p.hint { (page.say(say::MERGE_HINT)) }
                    label for="merge-into" { (page.say(say::INTO)) }
                    input #merge-into type="text" name="into" maxlength="60" autocomplete="off" required;
                    (reason(page, "merge-reason"))
                    button { (page.say(say::MERGE_GO)) }
                }
            }
        }
    }
}

/// A masked value shown whole, with a reason.
pub fn reveal(page: &IncidentPage<'_>) -> Markup {
    let there: Vec<&str> = PERSONAL.into_iter().filter(|name| page.has_personal(name)).collect();
    html! {
        @if let Some(revealed) = page.revealed { p.notice role="status" { (say::REVEALED.around(page.frame.language, &html! { (facts::called(revealed, page.frame.language)) })) } }
        @if page.frame.may(Permission::RevealPersonal) && !there.is_empty() {
            details {
                summary accesskey="w" { (page.say(say::REVEAL)) (super::layout::key("w")) }
                form.write method="post" action=(actions::reveal(page.detail.id)) {
                    (hidden("csrf", page.csrf))
                    label for="reveal-field" { (page.say(say::REVEAL_WHAT)) }
                    select #reveal-field name="field" required { @for name in there { option value=(name) { (facts::called(name, page.frame.language)) } } }
                    (reason(page, "reveal-reason"))
                    button { (page.say(say::REVEAL_GO)) }
                    p.hint { (page.say(say::REVEAL_HINT)) }
                }
            }
        }
    }
}
