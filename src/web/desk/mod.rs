//! The handlers of the desk beside the single case: the list, deeds on many, drafts, views, undo and what is new.

mod attachments;
mod bulk;
pub(super) mod case;
mod circle;
mod correct;
mod drafts;
mod events;
mod list;
mod new;
pub(super) mod refused;
mod reveal;
mod undo;
mod views;

pub use attachments::{attach, attachment};
pub use bulk::bulk;
pub use circle::{break_glass, change_circle, circle, glass};
pub use correct::correct;
pub use drafts::draft;
pub use events::events;
pub use list::list;
pub use new::{new, take_down};
pub use reveal::reveal;
pub use undo::undo;
pub use views::keep_view;

use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use super::body::{self, Fields};
use super::problem::Problem;
use super::staff::{Posted, posted};
use crate::respond::desk::{Lens, Stand};
use crate::web::pages::words::{Say, desk as say};

/// The lens of an address; what is not understood narrows nothing.
fn lens(uri: &Uri) -> Result<(Lens, Fields), Problem> {
    let mut query = body::query(uri)?;
    let lens = lens_of(&mut query)?;
    Ok((lens, query))
}

fn lens_of(query: &mut Fields) -> Result<Lens, Problem> {
    let word = |text: Option<String>| text.filter(|text| !text.is_empty() && text.chars().count() <= 80);
    Ok(Lens {
        stand: query.one("state")?.and_then(|word| Stand::ALL.into_iter().find(|stand| stand.as_str() == word)),
        lane: match query.one("lane")?.as_deref() {
            Some("security") => Some(crate::playbook::Class::Security),
            Some("routine") => Some(crate::playbook::Class::Routine),
            _ => None,
        },
        level: query.one("level")?.and_then(|level| level.parse().ok()).filter(|level| (1..=5).contains(level)),
        kind: word(query.one("kind")?),
        language: word(query.one("tongue")?),
        tier: query.one("tier")?.and_then(|tier| tier.parse().ok()),
        danger: query.one("danger")?.as_deref() == Some("yes"),
        search: query.one("q")?.map(|text| text.trim().chars().take(200).collect()).unwrap_or_default(),
    })
}

/// A place within the console to go on at; anything else leads home.
fn back(sent: &mut Fields) -> Result<String, Problem> {
    let inside =
        |path: &String| path.starts_with("/staff") && !path.contains(['\\', '\r', '\n']) && !path.contains("//");
    Ok(sent.one("back")?.filter(inside).unwrap_or_else(|| "/staff".to_owned()))
}

/// Whether the script asks and needs no page.
fn is_quiet(headers: &HeaderMap) -> bool {
    headers.contains_key("x-refresh")
}

fn lead(to: &str) -> Response {
    Redirect::to(to).into_response()
}

/// What an address says came of the deed before.
pub(super) fn notice_of(query: &mut Fields) -> Result<Option<Say>, Problem> {
    Ok(match query.one("notice")?.as_deref() {
        Some("late") => Some(say::TOO_LATE),
        Some("undone") => Some(say::UNDONE),
        Some("no-case") => Some(say::NOT_FOUND_CASE),
        _ => None,
    })
}
