//! What narrows the list, each choice with how many cases it would show, and the lists that have names.

use maud::{Markup, html};

use super::list::ListPage;
use super::{actions, words as staff};
use crate::playbook::Class;
use crate::queue::{self, Tier};
use crate::respond::desk::{Lens, Stand};
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{Say, desk as say, shift};

/// Kinds shown before the rest folds away.
const KINDS: usize = 8;

/// One choice: its name, where it leads, how many it would show, and whether it is chosen.
struct Choice {
    name: String,
    lens: Lens,
    count: i64,
    chosen: bool,
}

/// The side of the list.
pub fn facets(page: &ListPage<'_>, address: &str) -> Markup {
    let frame = &page.frame;
    html! {
        aside.facets {
            @if !page.lens.is_open() { p { a.button href=(actions::LIST) { (frame.say(say::SHOW_ALL)) } } }
            // Folded on a phone; where there is room beside the list, the sheet keeps it open.
            details {
                summary { (frame.say(say::NARROW)) }
                (group(page, say::STATE, &stands(page)))
                (group(page, say::LANE, &lanes(page)))
                (group(page, say::LEVEL, &levels(page)))
                (group(page, shift::TIERS, &tiers(page)))
                (group(page, say::MORE_FACETS, &others(page)))
                (kinds(page))
                (views(page, address))
            }
        }
    }
}

fn group(page: &ListPage<'_>, name: Say, choices: &[Choice]) -> Markup {
    html! { @if !choices.is_empty() { section.facet { h2 { (page.frame.say(name)) } ul { @for choice in choices { (one(choice)) } } } } }
}

/// A choice that is made leads to the list without it.
fn one(choice: &Choice) -> Markup {
    html! { li { a href=(actions::list(&choice.lens)) aria-current=[choice.chosen.then_some("true")] { span { (choice.name) } @if choice.count > 0 { " " b.count { (choice.count) } } } } }
}

fn stands(page: &ListPage<'_>) -> Vec<Choice> {
    let counts = &page.list.counts.stands;
    let all = Stand::ALL.into_iter().map(|stand| {
        let chosen = page.lens.stand == Some(stand);
        Choice {
            name: page.frame.say(stand_word(stand)).to_owned(),
            lens: Lens { stand: (!chosen).then_some(stand), ..page.lens.clone() },
            count: counts.get(&stand).copied().unwrap_or(0),
            chosen,
        }
    });
    // Closed ones are counted only while they are looked at.
    all.filter(|choice| choice.count > 0 || choice.chosen || choice.lens.stand == Some(Stand::Closed)).collect()
}

fn stand_word(stand: Stand) -> Say {
    match stand {
        Stand::Waiting => say::STAND_WAITING,
        Stand::Held => say::STAND_IN_HANDS,
        Stand::Mine => say::STAND_MINE,
        Stand::Closed => say::STAND_CLOSED,
    }
}

fn lanes(page: &ListPage<'_>) -> Vec<Choice> {
    let made = [Class::Security, Class::Routine].into_iter().map(|lane| {
        let chosen = page.lens.lane == Some(lane);
        Choice {
            name: page.frame.say(staff::lane(lane)).to_owned(),
            lens: Lens { lane: (!chosen).then_some(lane), ..page.lens.clone() },
            count: page.list.counts.lanes.get(&queue::lane(lane)).copied().unwrap_or(0),
            chosen,
        }
    });
    made.collect()
}

fn levels(page: &ListPage<'_>) -> Vec<Choice> {
    let made = (1..=5_u8).map(|level| {
        let chosen = page.lens.level == Some(level);
        Choice {
            name: format!("{level} {}", page.frame.say(staff::level(i64::from(level)))),
            lens: Lens { level: (!chosen).then_some(level), ..page.lens.clone() },
            count: page.list.counts.levels.get(&i64::from(level)).copied().unwrap_or(0),
            chosen,
        }
    });
    made.filter(|choice| choice.count > 0 || choice.chosen).collect()
}

fn tiers(page: &ListPage<'_>) -> Vec<Choice> {
    let made = Tier::ALL.into_iter().map(|tier| {
        let chosen = page.lens.tier == Some(tier);
        Choice {
            name: page.frame.say(tier_word(tier)).to_owned(),
            lens: Lens { tier: (!chosen).then_some(tier), ..page.lens.clone() },
            count: page.list.counts.tiers.get(tier.as_str()).copied().unwrap_or(0),
            chosen,
        }
    });
    made.filter(|choice| choice.count > 0 || choice.chosen).collect()
}

/// A tier's name.
pub fn tier_word(tier: Tier) -> Say {
    match tier {
        Tier::First => shift::FIRST,
        Tier::Second => shift::SECOND,
    }
}

/// Danger to life, and the languages that people read.
fn others(page: &ListPage<'_>) -> Vec<Choice> {
    let danger = Choice {
        name: page.frame.say(staff::DANGER).to_owned(),
        lens: Lens { danger: !page.lens.danger, ..page.lens.clone() },
        count: page.list.counts.danger,
        chosen: page.lens.danger,
    };
    let languages = page.list.counts.languages.iter().map(|(language, count)| {
        let chosen = page.lens.language.as_ref() == Some(language);
        let name = staff::tongue(language).map_or(language.as_str(), |name| page.frame.say(name));
        let lens = Lens { language: (!chosen).then(|| language.clone()), ..page.lens.clone() };
        Choice { name: name.to_owned(), lens, count: *count, chosen }
    });
    std::iter::once(danger).filter(|danger| danger.count > 0 || danger.chosen).chain(languages).collect()
}

/// The commonest kinds, the rest behind one more press.
fn kinds(page: &ListPage<'_>) -> Markup {
    let mut choices: Vec<Choice> = page
        .list
        .counts
        .kinds
        .iter()
        .map(|(kind, count)| {
            let chosen = page.lens.kind.as_ref() == Some(kind);
            let title = page.playbooks.kind(kind).map_or(kind.as_str(), |kind| kind.title.get(page.frame.language));
            let lens = Lens { kind: (!chosen).then(|| kind.clone()), ..page.lens.clone() };
            Choice { name: title.to_owned(), lens, count: *count, chosen }
        })
        .collect();
    choices.sort_by_key(|choice| (!choice.chosen, std::cmp::Reverse(choice.count)));
    let rest = choices.split_off(KINDS.min(choices.len()));
    html! {
        (group(page, say::KIND, &choices))
        @if !rest.is_empty() {
            details.rest { summary { (say::MORE_KINDS.counted(page.frame.language, i64::try_from(rest.len()).unwrap_or(0))) } section.facet { ul { @for choice in &rest { (one(choice)) } } } }
        }
    }
}

fn views(page: &ListPage<'_>, address: &str) -> Markup {
    let frame = &page.frame;
    let query = address.split_once('?').map_or("", |(_, query)| query);
    html! {
        section.facet {
            h2 { (frame.say(say::VIEWS)) }
            ul.views {
                @for (name, leads) in page.views {
                    li {
                        a href=(leads) aria-current=[(leads == address).then_some("true")] { span { bdi { (name) } } }
                        form method="post" action=(actions::VIEWS) {
                            (hidden("csrf", page.csrf)) (hidden("name", name)) (hidden("query", query)) (hidden("drop", "yes"))
                            button aria-label={ (frame.say(say::DROP_VIEW)) " " (name) } title=(frame.say(say::DROP_VIEW)) { "✕" }
                        }
                    }
                }
            }
            form.name-view method="post" action=(actions::VIEWS) {
                (hidden("csrf", page.csrf)) (hidden("query", query))
                label.unseen for="name" { (frame.say(say::NAME_VIEW)) }
                input #name type="text" name="name" maxlength="60" required autocomplete="off" placeholder=(frame.say(say::NAME_VIEW));
                button { (frame.say(say::KEEP_VIEW)) }
            }
        }
    }
}
