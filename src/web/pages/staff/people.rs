//! The pages of people: everybody on the staff for admins, and one's own sessions.

use maud::{Markup, html};

use super::elsewhere;
use super::layout::{self, Person, Sheet};
use super::{actions, federated};
use crate::access::Role;
use crate::respond::people::{Listed, State};
use crate::time::Timestamp;
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{Say, federated as words, moment, people as say};

/// What the page of people shows.
#[derive(Clone, Copy)]
pub struct PeoplePage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// The name and the id of who looks.
    pub me: (&'a str, &'a str),
    pub people: &'a [Listed],
    /// Whether who looks may also change something.
    pub may_change: bool,
    pub notice: Option<Say>,
    /// Issuers by address, and what they are called.
    pub issuers: &'a dyn Fn(&str) -> String,
}

/// Everybody, what they may do, and what can be done about it.
pub fn people(page: &PeoplePage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        div.narrow {
            h1 { (frame.say(say::PEOPLE_TITLE)) }
            @if let Some(notice) = page.notice { p.notice role="status" { (frame.say(notice)) } }
            @for listed in page.people { (somebody(page, listed)) }
            @if page.may_change { (invitation(page)) }
        }
    };
    let person = Some(Person { name: page.me.0, csrf: page.csrf });
    layout::page(frame, &Sheet { title: frame.say(say::PEOPLE_TITLE), person }, &body)
}

/// What shuts somebody out: folded away, so that no thumb meets it by chance.
const GRAVE: [&str; 3] = ["disable", "new-factor", "unlink"];

fn somebody(page: &PeoplePage<'_>, listed: &Listed) -> Markup {
    let (frame, person) = (&page.frame, &listed.person);
    let state = match person.state {
        State::Invited => say::INVITED,
        State::Active => say::ACTIVE,
        State::Disabled => say::DISABLED,
    };
    let offered: &[(&str, Say)] = match person.state {
        State::Invited if listed.invited => &[
            ("invite-again", say::DO_INVITE_AGAIN),
            ("take-invitation-back", say::DO_TAKE_BACK),
            ("disable", say::DO_DISABLE),
        ],
        State::Invited => &[("invite-again", say::DO_INVITE_AGAIN), ("disable", say::DO_DISABLE)],
        State::Active => &[
            ("end-sessions", say::DO_END_SESSIONS),
            ("new-password", say::DO_NEW_PASSWORD),
            ("new-factor", say::DO_NEW_FACTOR),
            ("disable", say::DO_DISABLE),
        ],
        State::Disabled => &[("enable", say::DO_ENABLE)],
    };
    let unlink = (!listed.identities.is_empty()).then_some(("unlink", words::DO_UNLINK));
    let (grave, light): (Vec<_>, Vec<_>) =
        offered.iter().copied().chain(unlink).partition(|(change, _)| GRAVE.contains(change));
    let deed = |(change, words): &(&str, Say)| {
        html! {
            form method="post" action=(actions::person(person.id, change)) { (hidden("csrf", page.csrf)) button { (frame.say(*words)) } }
        }
    };
    let held = html! {
        @if !person.roles.is_none() {
            p { @for (place, role) in person.roles.iter().enumerate() { @if place > 0 { " · " } (frame.say(role_name(role))) } }
        }
    };
    let is_me = page.me.1 == person.id.to_string();
    html! {
        section.sheet aria-label=(person.name) {
            h2 { bdi { (person.name) } }
            p { bdi { (person.login) } " · " (frame.say(state)) " · " (say::SESSIONS.counted(frame.language, i64::try_from(listed.sessions).unwrap_or(i64::MAX))) }
            @if person.roles.is_none() { p.notice { (frame.say(words::HAS_NO_ROLE)) } }
            @for identity in &listed.identities { (federated::who(frame, (&(page.issuers)(&identity.issuer), identity))) }
            @if person.reset_asked { p.notice { (frame.say(say::RESET_ASKED)) } }
            @if person.demotion_asked { p.notice { (frame.say(say::ROLES_ASKED)) } }
            @if page.may_change && !is_me {
                (held)
                // Whoever has none yet is to be given one.
                details open[person.roles.is_none()] {
                    summary { (frame.say(say::DO_ROLES)) }
                    form method="post" action=(actions::person(person.id, "roles")) {
                        (hidden("csrf", page.csrf))
                        (roles(frame, |role| person.roles.has(role)))
                        button { (frame.say(say::DO_ROLES)) }
                    }
                }
                div.deeds { @for one in &light { (deed(one)) } }
                @if !grave.is_empty() {
                    details {
                        summary { (frame.say(say::GRAVE)) }
                        div.deeds { @for one in &grave { (deed(one)) } }
                    }
                }
            } @else {
                (held)
            }
        }
    }
}

fn invitation(page: &PeoplePage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        section.sheet aria-labelledby="invite" {
            h2 #invite { (frame.say(say::INVITE_TITLE)) }
            p.hint { (frame.say(say::INVITE_MORE)) }
            form method="post" action=(actions::PEOPLE) {
                (hidden("csrf", page.csrf))
                label for="name" { (frame.say(say::NAME)) }
                input #name type="text" name="name" maxlength="80" autocomplete="off" dir="auto" required;
                label for="login" { (frame.say(say::LOGIN)) }
                input #login type="text" name="login" maxlength="80" autocomplete="off" autocapitalize="none" spellcheck="false" required;
                (roles(frame, |role| role == Role::Responder))
                button.strong { (frame.say(say::DO_INVITE)) }
            }
        }
    }
}

fn roles(frame: &Frame<'_>, has: impl Fn(Role) -> bool) -> Markup {
    html! {
        fieldset {
            legend { (frame.say(say::ROLES)) }
            @for role in Role::ALL {
                label.role { input type="checkbox" name="role" value=(role.as_str()) checked[has(role)]; " " (frame.say(role_name(role))) }
            }
        }
    }
}

/// What a role is called.
pub fn role_name(role: Role) -> Say {
    match role {
        Role::Viewer => say::VIEWER,
        Role::Responder => say::RESPONDER,
        Role::Approver => say::APPROVER,
        Role::Auditor => say::AUDITOR,
        Role::Admin => say::ADMIN,
    }
}

/// Shows a link that was made, this once. Not kept anywhere.
pub fn link_made(frame: &Frame<'_>, (me, csrf): (&str, &str), link: &str) -> Markup {
    let title = frame.say(say::LINK_TITLE);
    let body = html! {
        div.narrow {
            h1 { (title) }
            p.notice role="status" { (frame.say(say::LINK_ONCE)) }
            p.secret { code { (link) } }
            p { a.button href=(actions::PEOPLE) { (frame.say(say::BACK_TO_PEOPLE)) } }
        }
    };
    layout::page(frame, &Sheet { title, person: Some(Person { name: me, csrf }) }, &body)
}

/// One's own sessions: when each began and was used last, and whether it is this one.
pub fn own(
    frame: &Frame<'_>,
    (me, csrf): (&str, &str),
    (sessions, needs_passkey, below): (&[(Timestamp, Timestamp, bool)], bool, &Markup),
) -> Markup {
    let title = frame.say(say::OWN_TITLE);
    let body = html! {
        div.narrow {
            h1 { (title) }
            @if needs_passkey { p.notice role="status" { (frame.say(say::PASSKEY_NEEDED)) } }
            ul {
                @for (began, used, is_this) in sessions {
                    li {
                        (say::BEGAN.around(frame.language, &moment(*began, frame.language))) " · "
                        (say::USED.around(frame.language, &moment(*used, frame.language)))
                        @if *is_this { " · " b { (frame.say(say::THIS_ONE)) } }
                    }
                }
            }
            form method="post" action=(actions::END_OTHERS) { (hidden("csrf", csrf)) button { (frame.say(say::DO_END_OTHERS)) } }
            p { a.button href=(actions::ENROL) { (frame.say(say::PASSKEY_ADD)) } }
            (below)
            (elsewhere::doors(frame))
        }
    };
    layout::page(frame, &Sheet { title, person: Some(Person { name: me, csrf }) }, &body)
}
