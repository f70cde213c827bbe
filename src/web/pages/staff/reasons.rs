//! Why the incident stands where it does: the strongest reasons, the sum with every line, and what else it may be.

use maud::{Markup, html};

use super::figures::{self, points};
use super::incident::{IncidentPage, because};
use super::mask;
use super::words as say;
use crate::scoring::{Because, Chance, Line, Standing};
use crate::text::defang;

/// Other readings that are shown with their sums; the rest are too unlikely to look at.
const OTHERS: usize = 12;

/// The three heaviest pieces of evidence for the lead.
pub fn strongest(page: &IncidentPage<'_>) -> Markup {
    let lines = page.detail.assessment.lead_standing().map_or(&[][..], |lead| &lead.lines);
    let mut reasons: Vec<(i32, &Because)> =
        lines.iter().filter_map(evidence).filter(|(points, _)| *points > 0).collect();
    reasons.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    html! {
        section.reasons {
            h2 { (page.say(say::REASONS)) }
            @if reasons.is_empty() { p { (page.say(say::NO_REASONS)) } }
            ol {
                @for (weight, reason) in reasons.into_iter().take(3) {
                    li { span.says { (because(page, reason)) (words(page, reason)) (source(page, reason)) } b.points { (points(weight)) } }
                }
            }
            p.hint { a href="#sum" { (page.say(say::WHOLE_SUM)) } }
        }
    }
}

fn evidence(line: &Line) -> Option<(i32, &Because)> {
    match line {
        Line::Evidence { points, because, .. } => Some((*points, because)),
        Line::Prior { .. } | Line::GroupCap { .. } | Line::AnonymousCap { .. } => None,
    }
}

/// The person's own words that a sign rests on.
fn words(page: &IncidentPage<'_>, because: &Because) -> Markup {
    html! { @if let Some(words) = &because.words { " " q { bdi { (defang(&mask::prose(page, words))) } } } }
}

/// A link to the signal that a sign was seen in.
fn source(page: &IncidentPage<'_>, because: &Because) -> Markup {
    let named = because
        .signal
        .as_deref()
        .and_then(|id| page.detail.signals.iter().position(|signal| signal.id.to_string() == id));
    html! { @if let Some(place) = named { " " a.source href={ "#signal-" (place + 1) } { (say::SIGNAL.around(page.frame.language, &html! { (place + 1) })) } } }
}

/// The lead's sum: every line, the log-odds they add up to, and the chance that means.
pub fn sum(page: &IncidentPage<'_>) -> Markup {
    let assessment = &page.detail.assessment;
    html! {
        section #sum {
            h2 { (say::SUM_OF.around(page.frame.language, &html! { (page.kind(&assessment.lead)) })) }
            @match assessment.lead_standing() {
                Some(lead) => (table(page, lead)),
                None => {
                    p { (page.say(say::NO_SUM)) }
                    p { (page.say(say::CHANCE)) ": " b { (figures::chance(assessment.chance)) } }
                }
            }
            p.hint { (page.say(say::POINTS_HINT)) " " (page.say(say::PLAYBOOKS)) " " code { (assessment.playbooks.get(..12).unwrap_or(&assessment.playbooks)) } }
        }
    }
}

fn table(page: &IncidentPage<'_>, standing: &Standing) -> Markup {
    html! {
        table.sum {
            thead {
                tr {
                    th scope="col" { (page.say(say::WHAT)) }
                    th.figure.aside scope="col" { (page.say(say::WEIGHT)) }
                    th.figure.aside scope="col" { (page.say(say::RELIABILITY)) }
                    th.figure scope="col" { (page.say(say::POINTS)) }
                }
            }
            tbody { @for line in &standing.lines { (row(page, line)) } }
            tfoot {
                tr { th scope="row" { (page.say(say::LOG_ODDS)) } td.aside {} td.aside {} td.figure { b { (points(standing.log_odds)) } } }
                tr { th scope="row" { (page.say(say::CHANCE)) } td.aside {} td.aside {} td.figure { b { (figures::chance(standing.chance)) } } }
            }
        }
    }
}

fn row(page: &IncidentPage<'_>, line: &Line) -> Markup {
    match line {
        Line::Evidence { group, sign, weight, reliability, points: counted, because: reason } => html! {
            tr {
                td {
                    (because(page, reason)) (words(page, reason)) (source(page, reason))
                    " " code.name { (group) "/" (sign) }
                    @if counted != weight { " " span.narrow-only { (points(*weight)) " × " (figures::thousandths(*reliability)) } }
                }
                td.figure.aside { (points(*weight)) }
                td.figure.aside { (figures::thousandths(*reliability)) }
                td.figure { (points(*counted)) }
            }
        },
        Line::Prior { points: counted } => plain(&html! { (page.say(say::PRIOR)) }, *counted),
        Line::GroupCap { group, points: counted } => {
            plain(&say::GROUP_CAP.around(page.frame.language, &html! { code { (group) } }), *counted)
        }
        Line::AnonymousCap { points: counted } => plain(&html! { (page.say(say::ANONYMOUS_CAP)) }, *counted),
    }
}

fn plain(what: &Markup, counted: i32) -> Markup {
    html! { tr.rule { td { (what) } td.aside {} td.aside {} td.figure { (points(counted)) } } }
}

/// What else it may be, the likeliest first, each with its own sum to open.
pub fn differential(page: &IncidentPage<'_>) -> Markup {
    let assessment = &page.detail.assessment;
    let others: Vec<&Standing> =
        assessment.standings.iter().filter(|standing| standing.kind != assessment.lead).collect();
    let left_out = others.len().saturating_sub(OTHERS);
    html! {
        section.differential {
            h2 { (page.say(say::ALSO)) }
            @if others.is_empty() { p.hint { (page.say(say::NOTHING_ELSE)) } }
            @for standing in others.into_iter().take(OTHERS) { (other(page, standing)) }
            @if left_out > 0 { p.hint { (say::LEFT_OUT.around(page.frame.language, &html! { (left_out) })) } }
        }
    }
}

fn other(page: &IncidentPage<'_>, standing: &Standing) -> Markup {
    html! {
        details {
            summary {
                span.says { (page.kind(&standing.kind)) " " span.hint { (page.say(say::lane(standing.class))) @if standing.acts { " · " (page.say(say::ACTS)) } } }
                (bar(standing.chance))
                b.points { (figures::chance(standing.chance)) }
            }
            (table(page, standing))
        }
    }
}

fn bar(chance: Chance) -> Markup {
    html! { meter min="0" max="1000000" value=(chance.parts()) aria-hidden="true" {} }
}
