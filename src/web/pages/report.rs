//! The report page: stop the loss first, then one form. Nothing on it is needed but a few words or one tick.

use maud::{Markup, html};

use super::form::{Brought, Form};
use super::layout::{self, Frame, Sheet};
use super::plan::hidden;
use super::words::{begin, embedded, report as say};
use super::{actions, assets, routine};
use crate::signal::{BadField, TEXT_LIMIT, Tap};

/// What the report page shows.
#[derive(Clone, Copy)]
pub struct ReportPage<'a> {
    pub frame: Frame<'a>,
    /// New for a new page, the same when a form is shown again.
    pub idempotency_key: &'a str,
    /// What was typed before, with secrets already taken out ([`Form::scrubbed`]).
    pub kept: &'a Form,
    pub problems: &'a [BadField],
    /// Days a case is kept after closing.
    pub kept_days: u32,
    /// What can be said with one tap.
    pub taps: &'a [Tap],
    /// The challenge of a proof of work, when one is asked for.
    pub challenge: Option<&'a str>,
    /// Whether the form goes again by itself once the proof is done.
    pub resend: bool,
}

/// The page on which a report begins.
pub fn page(page: &ReportPage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        @if page.problems.is_empty() { (danger(frame)) } @else { h1 { (frame.say(say::TITLE)) } }
        div.two {
            @if page.problems.is_empty() { (stop(frame)) }
            section.sheet { (form(page)) }
        }
    };
    // What is typed stays: the wish is on this very page.
    layout::page(frame, &Sheet { ask: Some(""), ..Sheet::new(frame.say(say::TITLE)) }, &body)
}

fn danger(frame: &Frame<'_>) -> Markup {
    let numbers = [("110", say::CHINA), ("112", say::EUROPE), ("911", say::UNITED_STATES), ("999", say::HONG_KONG)];
    html! {
        p.danger {
            b { (frame.say(say::DANGER)) }
            @for (number, place) in numbers {
                span.call { a href={ "tel:" (number) } { (number) } " " (frame.say(place)) }
            }
        }
    }
}

fn stop(frame: &Frame<'_>) -> Markup {
    let points = [(say::STOP, say::STOP_MORE), (say::DEVICE, say::DEVICE_MORE), (say::WORDS, say::WORDS_MORE)];
    html! {
        section.stop {
            h1 { (frame.say(say::STOP_FIRST)) }
            ol {
                @for (point, more) in points { li { b { (frame.say(point)) } p { (frame.say(more)) } } }
            }
            p.start { a.button href="#report" { (frame.say(say::START)) } }
        }
    }
}

/// The form, filled with what was typed before.
pub fn form(page: &ReportPage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        form.report #report method="post" action=(actions::REPORT) autocomplete="off" data-draft=(actions::DRAFT) data-resend[page.resend] {
            (hidden("key", page.idempotency_key))
            (hidden("lang", frame.language.as_str()))
            (hidden("script", ""))
            (hidden("said", &page.kept.happened))
            input type="hidden" name="proof" data-challenge=[page.challenge];
            // Enter in a field sends the words; without this it would press the first tap.
            div.on-enter aria-hidden="true" { button tabindex="-1" { (frame.say(say::SEND)) } }
            @if !page.problems.is_empty() {
                div.problems role="alert" {
                    h2 { (frame.say(say::PROBLEMS)) }
                    ul {
                        @for bad in page.problems {
                            @let (field, text) = say::problem(bad);
                            li { a href={ "#" (field) } { (frame.say(text)) } }
                        }
                    }
                }
            }
            (brought(page))
            (taps(page))
            label for="text" { (frame.say(begin::OWN_WORDS)) }
            p.hint #text-hint { (frame.say(say::FORM_HINT)) }
            textarea #text name="text" rows="5" maxlength=(TEXT_LIMIT) dir="auto" aria-describedby="text-hint" aria-invalid=[invalid(page, "text")] { (page.kept.text) }
            p.notice #looks role="alert" hidden { (frame.say(begin::LOOKS)) }
            label.choice { input type="checkbox" name="now" value="yes" checked[page.kept.happening_now()]; span { b { (frame.say(say::NOW)) } span.hint { (frame.say(say::NOW_HINT)) } span.hint { (frame.say(begin::NOW_WHY)) } } }
            (routine::wish(frame, page.kept.asks_person()))
            (details(page))
            (privacy(page))
            p.hint #kept role="status" hidden { (frame.say(begin::KEPT)) }
            div.keep { button name="keep" value="yes" formaction=(actions::DRAFT) { (frame.say(begin::KEEP)) } }
            button.strong { (frame.say(say::SEND)) }
            p.person { (frame.say(say::PERSON)) }
        }
        script src=(assets::report().path) nonce=(frame.nonce) defer {}
    }
}

/// One tap is a report.
fn taps(page: &ReportPage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        h2 #what { (frame.say(say::FORM)) }
        p.kept-short { (frame.say(begin::KEPT_SHORT)) (frame.gap()) a href="#privacy" { (frame.say(begin::KEPT_MORE)) } }
        @if !page.taps.is_empty() {
            div role="group" aria-labelledby="what" {
                p.hint { (frame.say(begin::TAPS)) }
                div.taps {
                    @for tap in page.taps { button name="happened" value=(tap.id) { (tap.label(frame.language)) } }
                }
            }
        }
    }
}

/// What an app filled in, or why it did not.
fn brought(page: &ReportPage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        @match &page.kept.brought {
            Brought::Alone => {},
            Brought::By { app, account } => {
                (hidden("link", &page.kept.link))
                div.notice {
                    p { (embedded::BROUGHT.around(frame.language, &html! { b { (layout::outside(app)) } })) }
                    @if !account.is_empty() { p { (frame.say(embedded::ACCOUNT)) " " b { (layout::outside(account)) } } }
                }
            },
            Brought::Broken => p.notice role="status" { (frame.say(embedded::BROKEN)) },
        }
    }
}

fn details(page: &ReportPage<'_>) -> Markup {
    let (frame, kept) = (&page.frame, page.kept);
    let typed =
        [&kept.wallet, &kept.chain, &kept.left, &kept.contact, &kept.account].iter().any(|value| !value.is_empty());
    html! {
        details open[typed] {
            summary { (frame.say(say::DETAILS)) }
            p.hint { (frame.say(say::DETAILS_HINT)) }
            (field(page, &Field { name: "wallet", label: frame.say(say::WALLET), hint: Some(frame.say(say::WALLET_HINT)), value: &kept.wallet, keyboard: None }))
            (chains(frame, ("chain", &kept.chain)))
            (field(page, &Field { name: "left", label: frame.say(say::LEFT), hint: Some(frame.say(begin::LEFT_HINT)), value: &kept.left, keyboard: Some("decimal") }))
            (field(page, &Field { name: "contact", label: frame.say(say::CONTACT), hint: Some(frame.say(say::CONTACT_HINT)), value: &kept.contact, keyboard: None }))
            @if !matches!(&kept.brought, Brought::By { account, .. } if !account.is_empty()) { (field(page, &Field { name: "account", label: frame.say(say::ACCOUNT), hint: None, value: &kept.account, keyboard: None })) }
        }
    }
}

struct Field<'a> {
    name: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    value: &'a str,
    keyboard: Option<&'static str>,
}

fn field(page: &ReportPage<'_>, field: &Field<'_>) -> Markup {
    let described = field.hint.map(|_| format!("{}-hint", field.name));
    html! {
        label for=(field.name) { (field.label) }
        @if let Some(hint) = field.hint { p.hint id=[&described] { (hint) } }
        input id=(field.name) name=(field.name) value=(field.value) maxlength="200" inputmode=[field.keyboard] autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby=[&described] aria-invalid=[invalid(page, field.name)];
    }
}

/// The networks to choose from, as `chain`; the id of the field and what is chosen.
pub fn chains(frame: &Frame<'_>, (id, chosen): (&str, &str)) -> Markup {
    let chains = [
        ("", frame.say(say::NOT_SURE)),
        ("tron", "TRON"),
        ("ethereum", "Ethereum"),
        ("bsc", "BNB Smart Chain"),
        ("other-evm", frame.say(say::OTHER_EVM)),
        ("bitcoin", "Bitcoin"),
        ("solana", "Solana"),
        ("custodial", frame.say(say::CUSTODIAL)),
    ];
    html! {
        label for=(id) { (frame.say(say::CHAIN)) }
        select id=(id) name="chain" {
            @for (value, name) in chains { option value=(value) selected[chosen == value] { (name) } }
        }
    }
}

fn privacy(page: &ReportPage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        div.privacy #privacy {
            h3 { (frame.say(say::PRIVACY)) }
            p { (frame.say(say::PRIVACY_WHY)) (frame.gap()) (say::PRIVACY_UNTIL.around(frame.language, &html! { (page.kept_days) })) (frame.gap()) (frame.say(begin::DRAFT_HINT)) }
        }
    }
}

fn invalid(page: &ReportPage<'_>, name: &str) -> Option<&'static str> {
    page.problems.iter().any(|bad| say::problem(bad).0 == name).then_some("true")
}
