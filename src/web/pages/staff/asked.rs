//! What the holder of a case asks for, with staff's word on it, and that somebody guesses at the code (CA-05, CA-09, CA-10).

use maud::{Markup, html};

use super::actions::Post;
use super::figures;
use super::incident::IncidentPage;
use super::mask;
use super::words as say;
use crate::access::Permission;
use crate::respond::view::RequestState;
use crate::web::pages::layout::outside;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::casepage;

/// Requests that wait, and a line about guesses; nothing when there is neither.
pub fn asked(page: &IncidentPage<'_>) -> Markup {
    let detail = page.detail;
    html! {
        @if detail.wrong_codes > 0 {
            p.notice #guesses { (say::GUESSED.around(page.frame.language, &html! { (detail.wrong_codes) })) }
        }
        @if !detail.references.is_empty() { (consent(page)) }
        @if !detail.requests.is_empty() {
            section.sheet #asked {
                h2 { (page.say(say::ASKED)) }
                @for request in &detail.requests {
                    p {
                        b { (page.say(casepage::wish(request.what))) } " · " (page.say(casepage::request_state(request.state)))
                        " · " (figures::moment(&page.frame, request.asked, page.now))
                    }
                    @if let Some(detail) = &request.detail { p { (outside(&mask::prose(page, detail))) } }
                    @if request.state == RequestState::Waiting && page.frame.may(Permission::DecideRequest) { (decide(page, &request.id.to_string())) }
                }
            }
        }
    }
}

/// Whether details of a case may go to exchanges and the police.
fn consent(page: &IncidentPage<'_>) -> Markup {
    html! {
        @for reference in &page.detail.references {
            @match page.detail.consents.iter().find(|(given, _)| given == reference) {
                Some((_, at)) => p.hint { b.reference { (reference) } " · " (page.say(say::MAY_PASS_ON)) " · " (figures::moment(&page.frame, *at, page.now)) },
                None => p.hint { b.reference { (reference) } " · " (page.say(say::MAY_NOT_PASS_ON)) },
            }
        }
    }
}

fn decide(page: &IncidentPage<'_>, request: &str) -> Markup {
    html! {
        form.write method="post" action=(Post::Decide.to(page.detail.id)) {
            (hidden("csrf", page.csrf))
            (hidden("request", request))
            label for={ "asked-" (request) } { (page.say(say::REASON)) }
            textarea id={ "asked-" (request) } name="reason" rows="2" maxlength="2000" dir="auto" required {}
            button name="grant" value="yes" { (page.say(say::GRANT)) }
            button name="grant" value="no" { (page.say(say::REFUSE)) }
            p.hint { (page.say(say::GRANT_HINT)) }
        }
    }
}
