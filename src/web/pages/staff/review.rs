//! What waits for a second person, and what one person alone or the house ordered: the page on which somebody else looks at
//! it, and the lines that lead there.

use maud::{Markup, html};

use super::actions;
use super::figures::{self, level};
use super::incident::IncidentPage;
use super::layout::{self, Person, Sheet};
use super::orders::{self, Deed};
use crate::containment::{State, same_person};
use crate::playbook::Set;
use crate::respond::orders::{OrderReview, OrderView, Proposal, Reviews, Standing};
use crate::respond::people::Names;
use crate::time::Timestamp;
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{orders as order_words, review as say};

/// What the page shows.
#[derive(Clone, Copy)]
pub struct ReviewPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// The reader's key, and what they are called.
    pub me: &'a str,
    pub shown: &'a str,
    pub names: &'a Names,
    pub playbooks: &'a Set,
    pub now: Timestamp,
    pub reviews: &'a Reviews,
    /// What waits for a second person.
    pub proposals: &'a [Proposal],
    /// Whether the reader may look at what others ordered, and let the house go on.
    pub may_review: bool,
}

/// On the queue's page: what waits to be looked at, and that the house has stopped.
pub fn line(frame: &Frame<'_>, standing: Standing, now: Timestamp) -> Markup {
    html! {
        @if standing.braked.is_some() || standing.accounts_braked > 0 {
            p.notice role="status" { (braked(frame, (standing.braked, standing.accounts_braked), now)) " " a href=(actions::REVIEW) { (frame.say(say::OPEN)) } }
        }
        @if standing.waiting > 0 {
            p.notice role=[(standing.overdue > 0).then_some("status")] {
                (say::WAITING.counted(frame.language, standing.waiting)) " "
                @if standing.overdue > 0 { b { (say::LATE.counted(frame.language, standing.overdue)) } " " }
                a href=(actions::REVIEW) { (frame.say(say::OPEN)) }
            }
        }
    }
}

/// On the queue's page: how many orders wait for a second person.
pub fn proposed_line(frame: &Frame<'_>, count: usize) -> Markup {
    html! {
        @if count > 0 {
            p.notice role="status" { b { (say::PROPOSED.counted(frame.language, i64::try_from(count).unwrap_or(i64::MAX))) } " " a href={ (actions::REVIEW) "#proposed" } { (frame.say(say::SEE)) } }
        }
    }
}

/// In the head of a case: an order waits there for a second person, and until when.
pub fn waits_here(page: &IncidentPage<'_>) -> Markup {
    let frame = &page.frame;
    let waits = |order: &&OrderView| order.state == State::Proposed && order.expires > page.now;
    html! {
        @if let Some(order) = page.detail.orders.placed.iter().filter(waits).min_by_key(|order| order.expires) {
            p.looking role="status" {
                b { a href="#orders" { (frame.say(order_words::action(order.action))) } ": " (frame.say(order_words::PROPOSED)) } " · "
                (order_words::LAPSES.around(frame.language, &figures::moment(frame, order.expires, page.now)))
            }
        }
    }
}

fn braked(frame: &Frame<'_>, (house, accounts): (Option<Timestamp>, usize), now: Timestamp) -> Markup {
    html! {
        @if let Some(since) = house { (say::BRAKED.around(frame.language, &figures::moment(frame, since, now))) }
        @if accounts > 0 { " " (say::ACCOUNTS.counted(frame.language, i64::try_from(accounts).unwrap_or(i64::MAX))) }
    }
}

/// The page of what is to be looked at.
pub fn review(page: &ReviewPage<'_>) -> Markup {
    let (frame, reviews) = (&page.frame, page.reviews);
    let body = html! {
        h1 { (frame.say(say::TITLE)) }
        @if reviews.braked.is_some() || reviews.accounts_braked > 0 {
            section.notice role="status" {
                p { (braked(frame, (reviews.braked, reviews.accounts_braked), page.now)) }
                @if page.may_review { (go_on(page)) }
            }
        }
        (proposed(page))
        h2 { (frame.say(say::AFTERWARDS)) }
        p.hint { (frame.say(say::LEAD)) }
        @if reviews.orders.is_empty() { p { (frame.say(say::EMPTY)) } }
        ul.entries { @for order in &reviews.orders { li { (one(page, order)) } } }
    };
    let person = Some(Person { name: page.shown, csrf: page.csrf });
    layout::page(frame, &Sheet { title: frame.say(say::TITLE), person }, &body)
}

/// What waits for a second person, the one that lapses soonest first.
fn proposed(page: &ReviewPage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        section aria-labelledby="proposed" {
            h2 #proposed { (frame.say(say::PROPOSED_TITLE)) " " span.count { (page.proposals.len()) } }
            p.hint { (frame.say(say::PROPOSED_LEAD)) }
            @if page.proposals.is_empty() { p { (frame.say(say::PROPOSED_NONE)) } }
            ul.planned { @for order in page.proposals { li { (waiting(page, order)) } } }
        }
    }
}

fn waiting(page: &ReviewPage<'_>, order: &Proposal) -> Markup {
    let frame = &page.frame;
    let moment = |at: Timestamp| figures::moment(frame, at, page.now);
    html! {
        p.marks-line { (level(frame, order.level)) b { (frame.say(order_words::action(order.action))) } }
        p {
            a href={ (actions::incident(order.incident)) "#orders" } { (say::CASE.around(frame.language, &html! { code { (order.reference) } })) }
            " · " (kind(page, &order.kind))
        }
        p.facts {
            span { (order_words::ASKED_BY.around(frame.language, &html! { bdi { (page.names.call(&order.requester)) } })) }
            span { (moment(order.requested)) }
            @if order.opens > page.now { span { (order_words::FROM.around(frame.language, &moment(order.opens))) } }
            span { b { (order_words::LAPSES.around(frame.language, &moment(order.lapses))) } }
        }
        @if same_person(&order.requester, page.me) { p.hint { (frame.say(order_words::NOT_YOURS)) } }
    }
}

fn kind<'a>(page: &ReviewPage<'a>, kind: &'a str) -> &'a str {
    page.playbooks.kind(kind).map_or(kind, |found| found.title.get(page.frame.language))
}

fn go_on(page: &ReviewPage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        form.write method="post" action=(actions::REVIEW) {
            (hidden("csrf", page.csrf))
            p.hint { (frame.say(say::BRAKED_MORE)) }
            label for="brake-reason" { (frame.say(say::REASON)) }
            input #brake-reason name="reason" maxlength="2000" dir="auto" autocomplete="off" required;
            button { (frame.say(say::GO_ON)) }
        }
    }
}

fn one(page: &ReviewPage<'_>, order: &OrderReview) -> Markup {
    let frame = &page.frame;
    let (state, _) = order_words::state(order.state);
    let own = same_person(&order.requester, page.me);
    html! {
        p.marks-line { (level(frame, order.level)) @if order.overdue { " " b.mark-word { (frame.say(say::OVERDUE)) } } }
        p.what { (frame.say(order_words::action(order.action))) " · " (frame.say(state)) }
        p {
            a href={ (actions::incident(order.incident)) "#orders" } { (say::CASE.around(frame.language, &html! { code { (order.reference) } })) }
            " · " (kind(page, &order.kind))
        }
        p.facts {
            @if order.automatic { span { (frame.say(say::BY_HOUSE)) } }
            @else { span { (say::ORDERED.around(frame.language, &html! { bdi { (page.names.call(&order.requester)) } })) } }
            span { (figures::moment(frame, order.requested, page.now)) }
            span { (say::DUE.around(frame.language, &figures::moment(frame, order.due, page.now))) }
        }
        @if own { p.hint { (frame.say(say::OWN)) } }
        @else if page.may_review {
            form method="post" action=(orders::address(order.incident)) {
                (hidden("csrf", page.csrf))
                (hidden("deed", Deed::Review.as_str()))
                (hidden("order", &order.order.to_string()))
                (hidden("then", orders::TO_REVIEW))
                button { (frame.say(say::LOOKED)) }
            }
        }
    }
}
