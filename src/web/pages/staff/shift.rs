//! Who is at work with what, the alarms, the end of a shift, practice.

use maud::{Markup, html};

use super::actions;
use super::figures;
use super::layout::{self, Person, Sheet};
use super::words as staff_words;
use crate::id::{Id, of};
use crate::playbook::Set;
use crate::respond::people::Names;
use crate::respond::{Pressing, PressingCase, Shift, ShiftPerson};
use crate::text::Language;
use crate::time::Timestamp;
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::shift as say;
use crate::web::pages::words::{Say, frame as frame_words};

/// What the page of the desk shows.
#[derive(Clone, Copy)]
pub struct ShiftPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// The reader's key, and what they are called.
    pub me: &'a str,
    pub shown: &'a str,
    pub names: &'a Names,
    pub now: Timestamp,
    pub shift: &'a Shift,
    /// Whose settings stand in the form.
    pub chosen: Option<&'a str>,
    pub playbooks: &'a Set,
    /// Whether the reader says who takes what.
    pub manages: bool,
    /// Whether the reader takes cases.
    pub works: bool,
}

/// The page of the desk.
pub fn shift(page: &ShiftPage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        h1 { (frame.say(say::TITLE)) }
        @if let Some(back) = page.shift.back { p.notice { (say::ASLEEP.around(frame.language, &html! { (figures::exact(back, page.now, frame.language)) })) } }
        @if page.shift.people.is_empty() { p { (frame.say(say::NOBODY)) } }
        @else {
            div.scroll tabindex="0" role="region" aria-label=(frame.say(say::TITLE)) {
                table {
                    thead { tr { @for name in [say::PERSON, say::AT_WORK, say::IN_HAND, say::TIERS, say::LANGUAGES, say::SKILLS, say::HOURS] { th scope="col" { (frame.say(name)) } } } }
                    tbody { @for person in &page.shift.people { (person_row(page, person)) } }
                }
            }
        }
        p.hint { (frame.say(say::FAIR)) }
        div.pair {
            section aria-labelledby="told-on" {
                h2 #told-on { (frame.say(say::NOTES)) }
                @if page.shift.handed_over.is_empty() { p.hint { (frame.say(say::NO_NOTES)) } }
                @for note in &page.shift.handed_over {
                    article.said data-from="note" {
                        p { b { bdi { (page.names.call(&note.person)) } } " " (figures::moment(frame, note.at, page.now)) }
                        p.outside { (note.text) }
                    }
                }
                @if page.works { (hand_over(page)) }
            }
            div { @if page.works { (practice(page)) } @if page.manages { (settings(page)) } }
        }
    };
    let person = Some(Person { name: page.shown, csrf: page.csrf });
    layout::page(frame, &Sheet { title: frame.say(say::TITLE), person }, &body)
}

fn person_row(page: &ShiftPage<'_>, person: &ShiftPerson) -> Markup {
    let frame = &page.frame;
    let tiers = [(person.first, say::FIRST), (person.second, say::SECOND)];
    let tiers: Vec<&str> = tiers.into_iter().filter(|(takes, _)| *takes).map(|(_, name)| frame.say(name)).collect();
    let tongues: Vec<&str> = person.languages.iter().map(|tag| tongue(tag)).collect();
    let title = |kind: &String| {
        page.playbooks.kind(kind).map_or(kind.clone(), |kind| kind.title.get(frame.language).to_owned())
    };
    let titles: Vec<String> = person.skills.iter().map(title).collect();
    html! {
        tr {
            th scope="row" {
                @if page.manages { a href={ (actions::shift_of(&person.name)) "#settings" } { bdi { (page.names.call(&person.name)) } } }
                @else { bdi { (page.names.call(&person.name)) } }
            }
            td {
                (frame.say(if person.at_work { say::YES } else { say::NO }))
                @if let Some(until) = person.until { span.exact { (figures::exact(until, page.now, frame.language)) } }
            }
            td.figure { (person.in_hand) " / " (person.most.unwrap_or(page.shift.most)) }
            td { (tiers.join(", ")) }
            td { @if person.languages.is_empty() { (frame.say(say::ALL_LANGUAGES)) } @else { (tongues.join(", ")) } }
            td { @if titles.is_empty() { (frame.say(say::ALL_LANGUAGES)) } @else { (titles.join(", ")) } }
            td { @if person.hours.is_empty() { (frame.say(say::HOUSE_HOURS)) } @else { (person.hours.join("; ")) " " (person.zone) } }
        }
    }
}

fn hand_over(page: &ShiftPage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        form.write method="post" action=(actions::HAND_OVER) {
            (hidden("csrf", page.csrf))
            label for="hand-over" { (frame.say(say::HAND_OVER)) }
            p.hint #hand-over-hint { (frame.say(say::HAND_OVER_HINT)) }
            textarea #hand-over name="text" rows="3" required aria-describedby="hand-over-hint" {}
            button { (frame.say(say::HAND_OVER_GO)) }
        }
    }
}

fn practice(page: &ShiftPage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        section aria-labelledby="practice" {
            h2 #practice { (frame.say(say::PRACTICE)) }
            p.hint { (frame.say(say::PRACTICE_HINT)) }
            form method="post" action=(actions::PRACTICE) { (hidden("csrf", page.csrf)) button { (frame.say(say::PRACTICE_GO)) } }
        }
    }
}

/// The form is filled with whoever was chosen, so that keeping it changes only what was changed.
fn settings(page: &ShiftPage<'_>) -> Markup {
    let frame = &page.frame;
    let chosen = page.chosen.and_then(|name| page.shift.people.iter().find(|person| person.name == name));
    let tier = match chosen {
        Some(ShiftPerson { first: true, second: false, .. }) => "first",
        Some(ShiftPerson { first: false, second: true, .. }) => "second",
        Some(_) | None => "both",
    };
    let most = chosen.and_then(|person| person.most).map(|most| most.to_string()).unwrap_or_default();
    let hours = chosen.map(|person| person.hours.join(", ")).unwrap_or_default();
    let name = chosen.map(|person| person.name.as_str()).unwrap_or_default();
    let zone = chosen.map(|person| person.zone.as_str()).unwrap_or_default();
    let field = |name: &'static str, title: Say, (hint, value): (Option<Say>, &str)| {
        html! {
            label for={ "shift-" (name) } { (frame.say(title)) }
            @if let Some(hint) = hint { p.hint { (frame.say(hint)) } }
            input type="text" id={ "shift-" (name) } name=(name) value=(value) autocomplete="off";
        }
    };
    html! {
        details #settings open[chosen.is_some()] {
            summary { (frame.say(say::SET)) }
            form.write method="post" action=(actions::SHIFT) {
                (hidden("csrf", page.csrf))
                label for="shift-name" { (frame.say(say::PERSON)) }
                select #shift-name name="name" required {
                    option value="" { (frame.say(staff_words::CHOOSE)) }
                    @for person in &page.shift.people {
                        option value=(person.name) selected[person.name == name] { (page.names.call(&person.name)) }
                    }
                }
                label for="shift-tier" { (frame.say(say::TIERS)) }
                select #shift-tier name="tier" {
                    @for (word, title) in [("both", say::BOTH), ("first", say::FIRST), ("second", say::SECOND)] {
                        option value=(word) selected[word == tier] { (frame.say(title)) }
                    }
                }
                fieldset.ticks {
                    legend { (frame.say(say::LANGUAGES)) }
                    p.hint { (frame.say(say::LANGUAGES_HINT)) }
                    @for language in Language::ALL {
                        @let has = chosen.is_some_and(|person| person.languages.iter().any(|spoken| spoken == language.as_str()));
                        (tick("languages", (language.as_str(), frame_words::name(language)), has))
                    }
                }
                (skills(page, chosen))
                (field("most", say::MOST, (None, &most)))
                (field("hours", say::HOURS, (Some(say::HOURS_HINT), &hours)))
                (field("zone", say::ZONE, (None, zone)))
                button { (frame.say(say::SET_GO)) }
            }
        }
    }
}

/// Kinds that somebody knows well, folded while there are none.
fn skills(page: &ShiftPage<'_>, chosen: Option<&ShiftPerson>) -> Markup {
    let frame = &page.frame;
    let has = |kind: &str| chosen.is_some_and(|person| person.skills.iter().any(|skill| skill == kind));
    let mut kinds: Vec<(&str, &str)> =
        page.playbooks.kinds.iter().map(|kind| (kind.title.get(frame.language), kind.id.as_str())).collect();
    kinds.sort_unstable();
    html! {
        fieldset.ticks {
            legend { (frame.say(say::SKILLS)) }
            p.hint { (frame.say(say::SKILLS_HINT)) }
            details open[kinds.iter().any(|(_, kind)| has(kind))] {
                summary { (frame.say(say::SKILLS_SHOW)) }
                @for (title, kind) in kinds { (tick("skills", (kind, title), has(kind))) }
            }
        }
    }
}

fn tick(name: &str, (value, title): (&str, &str), checked: bool) -> Markup {
    html! { label.tick { input type="checkbox" name=(name) value=(value) checked[checked]; " " span { (title) } } }
}

fn tongue(tag: &str) -> &str {
    match tag.parse() {
        Ok(language) => frame_words::name(language),
        Err(_) => tag,
    }
}

/// What asks for attention, on top of the first page. Nothing while nothing does.
pub fn pressing(frame: &Frame<'_>, pressing: &Pressing, (playbooks, names, now): (&Set, &Names, Timestamp)) -> Markup {
    let sorts = [
        (say::LEVEL_ONE, &pressing.level_one),
        (say::MISSED, &pressing.missed),
        (say::SOON, &pressing.soon),
        (say::UNRESOLVED, &pressing.unresolved),
    ];
    html! {
        @if !pressing.is_empty() {
            section.pressing aria-labelledby="pressing" role="status" {
                h2 #pressing { (frame.say(say::ALARMS)) }
                @for (name, cases) in sorts {
                    @if !cases.is_empty() {
                        details open[name != say::UNRESOLVED] {
                            summary { (frame.say(name)) " " span.count { (cases.len()) } }
                            ul { @for case in cases { (alarm(frame, case, (playbooks, names, now))) } }
                        }
                    }
                }
            }
        }
    }
}

fn alarm(frame: &Frame<'_>, case: &PressingCase, (playbooks, names, now): (&Set, &Names, Timestamp)) -> Markup {
    let title = playbooks.kind(&case.kind).map_or(case.kind.as_str(), |kind| kind.title.get(frame.language));
    html! {
        li {
            (figures::level(frame, case.level)) " "
            a href=(actions::incident(case.incident)) { (title) } " "
            (figures::moment(frame, case.due, now))
            @if let Some(holder) = &case.holder { " " bdi { (names.call(holder)) } }
        }
    }
}

/// The form that hands a case to the other tier.
pub fn tiers(frame: &Frame<'_>, (incident, csrf): (Id<of::Incident>, &str)) -> Markup {
    html! {
        details {
            summary { (frame.say(say::HAND)) }
            form.write method="post" action=(actions::TIER) {
                (hidden("csrf", csrf))
                (hidden("incident", &incident.to_string()))
                p.hint { (frame.say(say::HAND_HINT)) }
                label for="tier" { (frame.say(say::TIERS)) }
                select #tier name="tier" {
                    option value="second" { (frame.say(say::HAND_UP)) }
                    option value="first" { (frame.say(say::HAND_DOWN)) }
                }
                label for="tier-reason" { (frame.say(staff_words::REASON)) }
                input #tier-reason type="text" name="reason" required autocomplete="off";
                button { (frame.say(say::HAND_GO)) }
            }
        }
    }
}
