//! The stream that tells an open case page of changes.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;

use super::session;
use crate::id::{Id, of};
use crate::time::Span;
use crate::web::house::Shared;
use crate::web::problem::Problem;

/// How often an open case page is looked at for changes.
const LOOK: Duration = Duration::from_secs(3);
/// A stream ends with the longest session; the browser asks again.
const LONGEST: Span = Span::from_minutes(15);

/// `GET /case/events`: one event whenever the case page has changed.
pub async fn events(State(house): State<Shared>, headers: HeaderMap) -> Result<Response, Problem> {
    let (_, id) = session(&house, &headers).await?;
    let seen = house.respond.case_version(id).await?;
    let until = house.respond.room().now().plus(LONGEST);
    let watch = Watch { house, case: id, seen, until };
    let stream = stream::unfold(watch, |mut watch| async move {
        let text = watch.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from_static(text.as_bytes())), watch))
    });
    Ok(([(header::CONTENT_TYPE, "text/event-stream")], Body::from_stream(stream)).into_response())
}

struct Watch {
    house: Shared,
    case: Id<of::Case>,
    seen: Option<i64>,
    until: crate::time::Timestamp,
}

impl Watch {
    async fn next(&mut self) -> Option<&'static str> {
        tokio::time::sleep(LOOK).await;
        if self.house.respond.room().now() > self.until {
            return None;
        }
        let now = self.house.respond.case_version(self.case).await.ok()?;
        if now == self.seen {
            return Some(": still here\n\n");
        }
        self.seen = now;
        Some("data: changed\n\n")
    }
}
