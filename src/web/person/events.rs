//! The stream that tells an open case page, or a program, of changes.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::json;

use super::{COOKIE, over, session};
use crate::id::{Id, of};
use crate::respond::{Glance, Used, Watcher};
use crate::time::{Span, Timestamp};
use crate::web::body;
use crate::web::cookies::cookie;
use crate::web::house::Shared;
use crate::web::problem::Problem;

/// How often an open case page is looked at for changes.
const LOOK: Duration = Duration::from_secs(3);
/// A stream ends after this; the browser asks again.
const LONGEST: Span = Span::from_minutes(15);

/// Whom the events are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Asks for the page when it has changed.
    Page,
    /// Gets state, place and number of messages in the event.
    Program,
}

/// `GET /case/events`: one event whenever the case page is no longer the one that `seen` marks.
pub async fn events(State(house): State<Shared>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let token = cookie(&headers, COOKIE).ok_or_else(over)?;
    let (_, case) = session(&house, &headers, Used::ByItself).await?;
    let seen = body::query(&uri)?.one("seen")?;
    Ok(stream_of(house, (case, Watcher::session(&token)), (Reader::Page, last_seen(&headers).or(seen))))
}

/// The mark that a browser or program saw last, when it comes back after a break.
pub fn last_seen(headers: &HeaderMap) -> Option<String> {
    headers.get("last-event-id")?.to_str().ok().map(str::to_owned).filter(|mark| !mark.is_empty())
}

/// The events of a case, until the watcher may watch no longer. Each has the mark as its id, so that a reader who comes
/// back is told of a change once and of no change never.
pub fn stream_of(
    house: Shared,
    (case, watcher): (Id<of::Case>, Watcher),
    (reader, seen): (Reader, Option<String>),
) -> Response {
    let until = house.respond.room().now().plus(LONGEST);
    let watch = Watch { house, case, watcher, reader, seen, until, begun: false };
    let stream = stream::unfold(watch, |mut watch| async move {
        let text = watch.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(text)), watch))
    });
    ([(header::CONTENT_TYPE, "text/event-stream")], Body::from_stream(stream)).into_response()
}

struct Watch {
    house: Shared,
    case: Id<of::Case>,
    watcher: Watcher,
    reader: Reader,
    seen: Option<String>,
    until: Timestamp,
    begun: bool,
}

impl Watch {
    async fn next(&mut self) -> Option<String> {
        if self.begun {
            tokio::time::sleep(LOOK).await;
        }
        let first = !std::mem::replace(&mut self.begun, true);
        if self.house.respond.room().now() > self.until {
            return None;
        }
        let now = self.house.respond.glance(self.case, &self.watcher).await.ok()??;
        // Without a mark a page takes what it shows for the latest; a program is told where things stand.
        let told = self.seen.as_ref() == Some(&now.mark) || first && self.seen.is_none() && self.reader == Reader::Page;
        self.seen = Some(now.mark.clone());
        Some(if told { ": still here\n\n".to_owned() } else { self.event(&now) })
    }

    fn event(&self, now: &Glance) -> String {
        match self.reader {
            Reader::Page => format!("id: {}\ndata: changed\n\n", now.mark),
            Reader::Program => {
                let state = match now.state.as_str() {
                    "open" => "waiting",
                    "held" => "with-staff",
                    _ => "closed",
                };
                let said = json!({"state": state, "ahead": now.ahead, "messages": now.messages});
                format!("event: case\nid: {}\ndata: {said}\n\n", now.mark)
            }
        }
    }
}
