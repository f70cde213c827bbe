//! The sources as their operators see them: one line each, and a page of one with what is kept of it.

use maud::{Markup, html};

use super::actions;
use super::figures;
use super::layout::{self, Person, Sheet};
use crate::respond::{Came, Kept, ListShown, Liveness, Quiet, Shelved};
use crate::signal::MAY_WAIT;
use crate::time::{Span, Timestamp};
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{Say, facts, sources as say};

/// A clock that is off by more than this deserves a word.
const SKEW: Span = Span::from_minutes(1);

/// One source.
#[derive(Debug, Clone)]
pub struct SourceLine {
    pub endpoint: String,
    /// The mapping it uses.
    pub source: String,
    pub set_up: bool,
    pub pulse: Liveness,
    /// Refused in this hour and the one before, by reason.
    pub refused: Vec<(&'static str, u64)>,
}

/// Every source.
#[derive(Clone, Copy)]
pub struct SourcesPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub now: Timestamp,
    pub lines: &'a [SourceLine],
    /// What is known to be bad, by list.
    pub lists: &'a [ListShown],
}

/// One source with what is kept of it.
#[derive(Clone, Copy)]
pub struct SourcePage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub now: Timestamp,
    pub line: &'a SourceLine,
    pub names: &'a crate::respond::people::Names,
    pub shelves: &'a [(Kept, Vec<Shelved>)],
    pub quiet: &'a [Quiet],
    /// Whether the reader may begin and end quiet times.
    pub may_manage: bool,
}

/// One thing that was kept, opened.
#[derive(Clone, Copy)]
pub struct ShelvedPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub now: Timestamp,
    pub endpoint: &'a str,
    pub kept: Kept,
    pub shelved: &'a Shelved,
}

/// The page of every source.
pub fn sources(page: &SourcesPage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        h1 { (frame.say(say::TITLE)) }
        @if page.lines.is_empty() { p.hint { (frame.say(say::NONE)) } }
        @if !page.lines.is_empty() { (overview(page)) }
        @if !page.lists.is_empty() {
            section aria-labelledby="lists" {
                h2 #lists { (frame.say(say::LISTS)) }
                @for list in page.lists { (known_list(frame, list, page.now)) }
            }
        }
    };
    layout::page(frame, &sheet(frame.say(say::TITLE), (page.me, page.csrf)), &body)
}

/// Every source a row: what is silent, refused or could not be read comes first, with what is wrong below its name.
fn overview(page: &SourcesPage<'_>) -> Markup {
    let frame = &page.frame;
    let mut lines: Vec<&SourceLine> = page.lines.iter().collect();
    lines.sort_by_key(|line| {
        (line.pulse.silent_since.is_none(), line.refused.is_empty(), line.pulse.last_day.unmapped == 0)
    });
    let columns: [(Say, Counted); 4] = [
        (say::DELIVERIES, |came| came.deliveries),
        (say::ACCEPTED, |came| came.accepted),
        (say::SET_ASIDE, |came| came.set_aside),
        (say::UNMAPPED, |came| came.unmapped),
    ];
    html! {
        p.hint { (frame.say(say::TODAY)) }
        div.scroll tabindex="0" role="group" aria-label=(frame.say(say::TITLE)) {
            table {
                thead { tr { th scope="col" { (frame.say(say::SOURCE)) } th scope="col" { (frame.say(say::HEARD)) } @for (name, _) in columns { th.figure scope="col" { (frame.say(name)) } } } }
                tbody { @for line in lines {
                    tr {
                        th scope="row" { a href=(actions::source(&line.endpoint)) { (line.endpoint) } p.hint { (line.source) } (warnings(frame, line)) }
                        td { @match line.pulse.last_seen { Some(at) => (figures::moment(frame, at, page.now)), None => (frame.say(say::NEVER)) } }
                        @for (_, of) in columns { td.figure { (of(&line.pulse.last_day)) } }
                    }
                } }
            }
        }
    }
}

/// One list of what is known to be bad, and how fetching it goes.
fn known_list(frame: &Frame<'_>, list: &ListShown, now: Timestamp) -> Markup {
    let around = |piece: &Markup, words: Say| words.around(frame.language, piece);
    html! {
        p.facts {
            b { (list.name) }
            span { (around(&html! { b { (list.entries) } }, say::LIST_ENTRIES)) }
            span { (list.version) }
            @if let Some(at) = list.fetched.as_ref().and_then(|fetched| fetched.succeeded) {
                span { (around(&figures::moment(frame, at, now), say::LIST_FETCHED)) }
            }
        }
        @if let Some(fetched) = &list.fetched {
            @if !fetched.word.is_empty() { p.notice { (frame.say(say::LIST_FAILED)) } }
            @if let Some((was, would)) = fetched.held {
                p.notice {
                    (around(&html! { b { (would) " / " (was) } }, say::LIST_HELD)) " "
                    code { "holdfast known-bad fetch " (list.name) " --accept" }
                }
            }
        }
    }
}

/// The page of one source.
pub fn source(page: &SourcePage<'_>) -> Markup {
    let frame = &page.frame;
    let pulse = &page.line.pulse;
    let body = html! {
        h1 { (page.line.endpoint) }
        p.facts {
            span { (page.line.source) }
            (heard(frame, pulse, page.now))
            span { (say::DAILY.around(frame.language, &html! { b { (pulse.daily) } })) }
        }
        (warnings(frame, page.line))
        (counts(frame, pulse))
        section aria-labelledby="quiet" { h2 #quiet { (frame.say(say::QUIET)) } (quiet(page)) }
        @for (kept, shelved) in page.shelves {
            section aria-labelledby=(kept.as_str()) {
                h2 id=(kept.as_str()) { (frame.say(shelf(*kept))) }
                @if shelved.is_empty() { p.hint { (frame.say(say::NOTHING_KEPT)) } }
                ul { @for one in shelved {
                    li {
                        a href=(actions::shelved(&page.line.endpoint, *kept, &one.id)) { (figures::moment(frame, one.received, page.now)) }
                        " " bdi { (facts::called(&one.about, frame.language)) }
                    }
                } }
            }
        }
    };
    layout::page(frame, &sheet(&page.line.endpoint, (page.me, page.csrf)), &body)
}

/// The page of one thing that was kept.
pub fn shelved(page: &ShelvedPage<'_>) -> Markup {
    let frame = &page.frame;
    let title = frame.say(shelf(page.kept));
    let body = html! {
        h1 { (title) }
        p.facts { span { (page.endpoint) } span { (figures::moment(frame, page.shelved.received, page.now)) } bdi { (facts::called(&page.shelved.about, frame.language)) } }
        p.hint { (frame.say(say::REDACTED)) }
        pre tabindex="0" { code { (page.shelved.body.as_deref().unwrap_or_default()) } }
        p { a.button href=(actions::source(page.endpoint)) { (frame.say(say::BACK)) } }
    };
    layout::page(frame, &sheet(title, (page.me, page.csrf)), &body)
}

/// What the queue's page says of sources: the way to them, and an alarm when one is silent.
pub fn alarm(frame: &Frame<'_>, silent: &[String]) -> Markup {
    html! {
        @if !silent.is_empty() {
            p.notice role="alert" { (say::SILENT_ALARM.around(frame.language, &html! { bdi { (silent.join(", ")) } })) " " a href=(actions::SOURCES) { (frame.say(say::OPEN)) } }
        }
    }
}

fn sheet<'a>(title: &'a str, (name, csrf): (&'a str, &'a str)) -> Sheet<'a> {
    Sheet { title, person: Some(Person { name, csrf }) }
}

fn heard(frame: &Frame<'_>, pulse: &Liveness, now: Timestamp) -> Markup {
    html! {
        span {
            @match pulse.last_seen {
                Some(at) => (say::LAST_SEEN.around(frame.language, &html! { (figures::moment(frame, at, now)) })),
                None => (frame.say(say::NEVER)),
            }
        }
    }
}

fn warnings(frame: &Frame<'_>, line: &SourceLine) -> Markup {
    let skew =
        line.pulse.clock_skew_ms.map(|skew| Span::from_millis(skew.saturating_abs())).filter(|skew| *skew > SKEW);
    html! {
        @if let Some(since) = line.pulse.silent_since {
            p.notice role="alert" { (say::SILENT.around(frame.language, &html! { (figures::exact(since, since, frame.language)) })) }
        }
        @if line.set_up { p.hint { (frame.say(say::SET_UP)) } }
        @if let Some(skew) = skew {
            p.hint { (say::SKEW.around(frame.language, &html! { b { (figures::span(skew, frame.language)) } })) " " (frame.say(say::SKEW_MUCH)) }
        }
        @if !line.refused.is_empty() {
            p.facts { b { (frame.say(say::REFUSED)) } @for (reason, count) in &line.refused { span { (reason) " " b { (count) } } } }
        }
    }
}

/// One of the counts of a source.
type Counted = fn(&Came) -> i64;

fn counts(frame: &Frame<'_>, pulse: &Liveness) -> Markup {
    let Liveness { last_hours, last_day, .. } = pulse;
    let rows: [(Say, Counted); 7] = [
        (say::DELIVERIES, |came| came.deliveries),
        (say::ACCEPTED, |came| came.accepted),
        (say::DUPLICATES, |came| came.duplicates),
        (say::IGNORED, |came| came.ignored),
        (say::SET_ASIDE, |came| came.set_aside),
        (say::UNMAPPED, |came| came.unmapped),
        (say::CONFLICTS, |came| came.conflicts),
    ];
    html! {
        table {
            thead { tr { th scope="col" { (frame.say(say::WHAT)) } th scope="col" { (frame.say(say::LAST_HOURS)) } th scope="col" { (frame.say(say::LAST_DAY)) } } }
            tbody { @for (name, of) in rows {
                tr { th scope="row" { (frame.say(name)) } td { (of(last_hours)) } td { (of(last_day)) } }
            } }
        }
    }
}

fn shelf(kept: Kept) -> Say {
    match kept {
        Kept::Copies => say::KEPT_COPIES,
        Kept::Unmapped => say::KEPT_UNMAPPED,
        Kept::SetAside => say::KEPT_SET_ASIDE,
    }
}

fn quiet(page: &SourcePage<'_>) -> Markup {
    let frame = &page.frame;
    let moment = |at| html! { (figures::exact(at, page.now, frame.language)) };
    html! {
        p.hint { (frame.say(say::QUIET_MORE)) }
        @if page.quiet.is_empty() { p.hint { (frame.say(say::QUIET_NONE)) } }
        ul { @for quiet in page.quiet.iter().take(20) {
            li {
                b { @match quiet.kind.as_deref() { Some(kind) => (facts::called(kind, frame.language)), None => (frame.say(say::QUIET_ALL)) } } " · "
                @match quiet.ended {
                    Some(ended) => (say::QUIET_OVER.around(frame.language, &moment(ended))),
                    None if quiet.ends <= page.now => (say::QUIET_OVER.around(frame.language, &moment(quiet.ends))),
                    None => (say::QUIET_UNTIL.around(frame.language, &moment(quiet.ends))),
                }
                " · " bdi { (page.names.call(&quiet.person)) } ": " bdi { (quiet.reason) }
                @if page.may_manage && quiet.ended.is_none() && quiet.ends > page.now {
                    form method="post" action=(actions::quiet_end(&page.line.endpoint)) {
                        (hidden("csrf", page.csrf)) (hidden("quiet", &quiet.id.to_string()))
                        button { (frame.say(say::QUIET_END)) }
                    }
                }
            }
        } }
        @if page.may_manage {
            form.sheet method="post" action=(actions::quiet(&page.line.endpoint)) {
                (hidden("csrf", page.csrf))
                label for="kind" { (frame.say(say::QUIET_WHAT)) }
                select #kind name="kind" {
                    option value="" { (frame.say(say::QUIET_ALL)) }
                    @for kind in MAY_WAIT { option value=(kind) { (facts::called(kind, frame.language)) } }
                }
                label for="hours" { (frame.say(say::QUIET_HOURS)) }
                input #hours type="number" name="hours" min="1" max="720" value="4" required;
                label for="reason" { (frame.say(say::QUIET_WHY)) }
                input #reason type="text" name="reason" maxlength="500" dir="auto" required;
                button { (frame.say(say::QUIET_GO)) }
            }
        }
    }
}
