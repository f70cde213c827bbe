//! The doors: every room of the console that the reader may enter, and none that they may not.

use maud::{Markup, html};

use super::actions;
use super::words as staff;
use crate::access::Permission;
use crate::web::pages::layout::Frame;
use crate::web::pages::words::{
    Say, circle, console as say, desk, inbox, letters, numbers, people, review, shift, sources,
};

/// Every room with what it takes to enter it, a line each.
pub const ROOMS: &[(&str, Permission, Say)] = &[
    (actions::HOME, Permission::ReadQueue, staff::QUEUE),
    (actions::LIST, Permission::ReadQueue, desk::LIST),
    (actions::NEW, Permission::WorkIncident, desk::NEW),
    (actions::SHIFT, Permission::ReadQueue, shift::TITLE),
    (actions::ALARMS, Permission::ReadQueue, letters::ALARMS),
    (actions::REVIEW, Permission::ReadIncident, review::TITLE),
    (actions::GLASS, Permission::ClaimIncident, circle::GLASS),
    (actions::NUMBERS, Permission::ReadStats, numbers::TITLE),
    (actions::INBOX, Permission::ReadStats, inbox::TITLE),
    (actions::SOURCES, Permission::ReadSources, sources::TITLE),
    (actions::OUTBOX, Permission::ReadSources, letters::DEAD),
    (actions::PEOPLE, Permission::ReadPeople, people::PEOPLE_TITLE),
    (actions::ME, Permission::OwnAccount, say::MY_ACCOUNT),
];

/// The doors; none where nobody said what the reader may do.
pub fn doors(frame: &Frame<'_>) -> Markup {
    html! {
        @if let Some(scopes) = frame.scopes {
            nav.rooms aria-labelledby="rooms" {
                h2 #rooms { (frame.say(say::ROOMS)) }
                ul { @for (path, _, name) in ROOMS.iter().filter(|(_, takes, _)| scopes.allow(*takes)) { li { a href=(path) { (frame.say(*name)) } } } }
            }
        }
    }
}
