//! Orders on the page of an incident: what was ordered and how it stands in plain words, the way to ask, agree, take back
//! and lift; and the page that shows what an order would do before anything leaves.

use maud::{Markup, html};

use super::figures;
use super::incident::IncidentPage;
use super::layout::{self, Person, Sheet};
use super::mask;
use crate::access::Permission;
use crate::containment::{Action, Danger, State, same_person};
use crate::id::{Id, of};
use crate::respond::desk::masked;
use crate::respond::orders::{OrderView, Radius};
use crate::time::Timestamp;
use crate::web::pages::layout::{Frame, outside};
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{orders as say, review};

/// What is posted: the field `deed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Preview,
    Ask,
    Approve,
    Withdraw,
    Reverse,
    Review,
}

impl Deed {
    pub const ALL: [Self; 6] = [Self::Preview, Self::Ask, Self::Approve, Self::Withdraw, Self::Reverse, Self::Review];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Preview => "preview",
            Self::Ask => "ask",
            Self::Approve => "approve",
            Self::Withdraw => "withdraw",
            Self::Reverse => "reverse",
            Self::Review => "review",
        }
    }
}

/// Where a form may lead back to: the field `then`.
pub const TO_REVIEW: &str = "review";

/// Where the forms post.
pub fn address(incident: Id<of::Incident>) -> String {
    format!("{}/orders", super::actions::incident(incident))
}

/// The orders of an incident.
pub fn orders(page: &IncidentPage<'_>) -> Markup {
    let orders = &page.detail.orders;
    html! {
        section.sheet #orders {
            h2 { (page.say(say::TITLE)) }
            @if orders.placed.is_empty() { p.hint { (page.say(say::NONE)) } }
            @for order in &orders.placed { (one(page, order)) }
            @if orders.backends.is_empty() {
                p.hint { (page.say(say::NO_BACKEND)) }
            } @else if orders.accounts.is_empty() {
                p.hint { (page.say(say::NO_ACCOUNT)) }
            } @else if page.frame.may(Permission::PlaceOrder) {
                (ask(page))
            }
        }
    }
}

fn one(page: &IncidentPage<'_>, order: &OrderView) -> Markup {
    let (frame, language) = (&page.frame, page.frame.language);
    let (state, more) = say::state(order.state);
    let moment = |at: Timestamp| figures::moment(frame, at, page.now);
    let waits = order.state == State::Proposed;
    let (places, approves) = (frame.may(Permission::PlaceOrder), frame.may(Permission::ApproveOrder));
    html! {
        article.message {
            h3 { (page.say(say::action(order.action))) " · " (page.say(state)) }
            p { (page.say(more)) @if order.dead_letter { " " b { (page.say(say::DEAD)) } } }
            p.hint {
                code { (mask::field(page, "account", &order.account)) } " · " @if order.automatic { (page.say(review::BY_HOUSE)) } @else { (say::ASKED_BY.around(language, &html! { bdi { (page.call(&order.requester)) } })) } " · " (moment(order.requested))
                @for approval in &order.approvals { " · " (say::AGREED.around(language, &html! { bdi { (page.call(&approval.by)) } })) }
            }
            p.hint { (say::WHY.around(language, &outside(&order.reason))) }
            @if let Some(until) = order.until { p.hint { (say::UNTIL.around(language, &moment(until))) } }
            @if waits && order.opens > page.now { p.hint { (say::FROM.around(language, &moment(order.opens))) } }
            @if waits { p.hint { (say::LAPSES.around(language, &moment(order.expires))) } }
            @if let Some(word) = &order.word { p.hint { (say::WORD.around(language, &html! { code { (word) } })) } }
            @if waits && same_person(&order.requester, page.me) { p { (page.say(say::NOT_YOURS)) } }
            @if waits && !same_person(&order.requester, page.me) && order.opens <= page.now && approves {
                (form(page, (Deed::Approve, order), &html! {
                    (hidden("digest", &order.digest))
                    button.strong { (page.say(say::APPROVE)) }
                }))
            }
            @if places && !order.may_have_left && matches!(order.state, State::Proposed | State::Approved) {
                (form(page, (Deed::Withdraw, order), &html! { (reason(page, ("withdraw", order))) button { (page.say(say::WITHDRAW)) } }))
            }
            @if places && may_hold(order) && order.action.inverse().is_some() {
                details {
                    summary { (page.say(say::REVERSE)) }
                    (form(page, (Deed::Reverse, order), &html! { (reason(page, ("reverse", order))) button { (page.say(say::REVERSE)) } p.hint { (page.say(say::REVERSE_HINT)) } }))
                }
            }
            @if approves && order.to_review && !same_person(&order.requester, page.me) {
                (form(page, (Deed::Review, order), &html! { @if !order.automatic { p.hint { (page.say(say::REVIEW_HINT)) } } button { (page.say(say::REVIEW)) } }))
            }
        }
    }
}

/// Whether there may be something to lift.
fn may_hold(order: &OrderView) -> bool {
    match order.state {
        State::Confirmed | State::Unknown => true,
        State::Approved => order.may_have_left,
        State::Proposed | State::Sent | State::Failed | State::Expired | State::Reversed | State::Withdrawn => false,
    }
}

fn form(page: &IncidentPage<'_>, (deed, order): (Deed, &OrderView), inner: &Markup) -> Markup {
    html! {
        form.write method="post" action=(address(page.detail.id)) {
            (hidden("csrf", page.csrf))
            (hidden("deed", deed.as_str()))
            (hidden("order", &order.id.to_string()))
            (inner)
        }
    }
}

fn reason(page: &IncidentPage<'_>, (what, order): (&str, &OrderView)) -> Markup {
    let id = format!("{what}-{}", order.id);
    html! {
        label for=(id) { (page.say(say::REASON)) }
        input id=(id) name="reason" maxlength="2000" dir="auto" required;
    }
}

fn ask(page: &IncidentPage<'_>) -> Markup {
    let orders = &page.detail.orders;
    let recommended = |action: Action| orders.recommended.iter().any(|order| order.action == action.as_str());
    let (first, rest): (Vec<Action>, Vec<Action>) = Action::ALL
        .into_iter()
        .filter(|action| action.danger() != Danger::Release)
        .partition(|action| recommended(*action));
    html! {
        form.write method="post" action=(address(page.detail.id)) {
            (hidden("csrf", page.csrf))
            (hidden("deed", Deed::Preview.as_str()))
            label for="order-action" { (page.say(say::WHAT)) }
            select #order-action name="action" required {
                @for action in first { option value=(action) { (page.say(say::action(action))) " (" (page.say(say::RECOMMENDED)) ")" } }
                @for action in rest { option value=(action) { (page.say(say::action(action))) } }
            }
            label for="order-account" { (page.say(say::ACCOUNT)) }
            select #order-account name="account" required {
                @for account in &orders.accounts {
                    option value=(account.handle) { (mask::field(page, "account", &account.account)) @if !account.proved { " (" (page.say(say::CLAIMED)) ")" } }
                }
            }
            label for="order-minutes" { (page.say(say::MINUTES)) }
            input #order-minutes name="minutes" type="number" min="1" max="10080" inputmode="numeric" aria-describedby="order-minutes-hint";
            p.hint #order-minutes-hint { (page.say(say::MINUTES_HINT)) }
            button { (page.say(say::PREVIEW)) }
        }
    }
}

/// What the page before an order shows.
pub struct PreviewPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub now: Timestamp,
    pub incident: Id<of::Incident>,
    pub radius: &'a Radius,
    /// As it was asked, to be posted again.
    pub minutes: Option<u32>,
}

/// What an order would do, with the button that does it.
pub fn preview(page: &PreviewPage<'_>) -> Markup {
    let (frame, radius, language) = (&page.frame, page.radius, page.frame.language);
    let moment = |at: Timestamp| figures::moment(frame, at, page.now);
    let named = |action: Action| frame.say(say::action(action));
    let body = html! {
        section.sheet {
            h1 { (named(radius.action)) }
            p { code { (masked(&radius.account)) } @if !radius.proved { " " b.mark-word { (frame.say(say::CLAIMED)) } } }
            p { b { (frame.say(say::NOTHING_YET)) } }
            h2 { (frame.say(say::RADIUS)) }
            ul {
                @if let Some(until) = radius.until { li { (say::UNTIL.around(language, &moment(until))) } }
                @match radius.inverse {
                    Some(inverse) => { li { (say::UNDONE_BY.around(language, &html! { (named(inverse)) })) } }
                    None => @if radius.danger != Danger::Release { li { (frame.say(say::STAYS)) } }
                }
                @if !radius.in_force.is_empty() {
                    li { (say::IN_FORCE.around(language, &html! { @for action in &radius.in_force { (named(*action)) " " } })) }
                }
                li { (say::OTHERS.around(language, &html! { (radius.other_incidents) })) }
                @match &radius.touches {
                    Some(touches) => { li { (frame.say(say::TOUCHES)) ul { @for (name, count) in touches.iter() { @if let Some(words) = say::touched(name) { li { (words.around(language, &html! { (count) })) } } } } } }
                    None => { li { (frame.say(say::TOUCHES_UNKNOWN)) } }
                }
            }
            p { (frame.say(if radius.people == 1 { say::PEOPLE_ONE } else { say::PEOPLE_TWO })) }
            @if radius.danger == Danger::Release { p { (say::RELEASE.around(language, &moment(radius.opens))) } }
            form.write method="post" action=(address(page.incident)) {
                (hidden("csrf", page.csrf))
                (hidden("deed", Deed::Ask.as_str()))
                (hidden("action", radius.action.as_str()))
                (hidden("account", &radius.handle))
                @if let Some(minutes) = page.minutes { (hidden("minutes", &minutes.to_string())) }
                label for="order-reason" { (frame.say(say::REASON)) }
                textarea #order-reason name="reason" rows="2" maxlength="2000" dir="auto" required {}
                button.strong { (frame.say(say::ASK)) }
            }
            p { a href=(super::actions::incident(page.incident)) { (frame.say(say::BACK)) } }
        }
    };
    let sheet = Sheet { title: frame.say(say::RADIUS), person: Some(Person { name: page.me, csrf: page.csrf }) };
    layout::page(frame, &sheet, &body)
}
