//! `GET /staff/events`: tells an open console page that cases came, so that it can say so without moving a row.

use std::convert::Infallible;
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::json;

use crate::access::Permission;
use crate::respond::desk::New;
use crate::store::Sight;
use crate::time::{Span, Timestamp};
use crate::web::body;
use crate::web::entry::session_of;
use crate::web::guard;
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::staff::at_desk;

/// How often it is asked whether the session still holds, so that a stream ends within a second of it (SES-04), and after
/// how many times cases are counted.
const HOLDS: Duration = Duration::from_millis(800);
const COUNTED: u8 = 4;
/// A stream ends after this; the browser asks again.
const LONGEST: Span = Span::from_minutes(15);

/// One event whenever more cases wait than before; it carries counts and nothing of the cases.
pub async fn events(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    at_desk(&house, (&headers, &nonce, &uri), Permission::ReadQueue).await?;
    let by_person = session_of(&house, &headers).await?.is_some();
    let since = body::query(&uri)?.one("since")?.filter(|since| since.len() == 36);
    let named = since.is_some();
    let since = match since {
        Some(since) => since,
        None => house.respond.newest().await?,
    };
    let until = house.respond.room().now().plus(LONGEST);
    let mut quiet = headers;
    quiet.insert("x-refresh", header::HeaderValue::from_static("1"));
    let watch = Watch { house, headers: quiet, by_person, since, named, until, told: New::default(), begun: false };
    let stream = stream::unfold(watch, |mut watch| async move {
        // The stream outlives the request: each look is made by whoever asks then.
        let text = Sight::NoCircles.within(watch.next()).await?;
        Some((Ok::<_, Infallible>(Bytes::from(text)), watch))
    });
    Ok(([(header::CONTENT_TYPE, "text/event-stream")], Body::from_stream(stream)).into_response())
}

struct Watch {
    house: Shared,
    headers: HeaderMap,
    /// Whether somebody signed in as themselves, rather than with a token.
    by_person: bool,
    since: String,
    /// Whether the page knows since when; else it is told, so that it goes on from there when the stream ends.
    named: bool,
    until: Timestamp,
    told: New,
    begun: bool,
}

impl Watch {
    /// The next piece of the stream; nothing once the session is over.
    async fn next(&mut self) -> Option<String> {
        let times = if self.begun { COUNTED } else { 0 };
        for _ in 0..times {
            tokio::time::sleep(HOLDS).await;
            if self.by_person && session_of(&self.house, &self.headers).await.ok()?.is_none() {
                return None;
            }
        }
        self.begun = true;
        // Whoever is signed out, disabled or has another role by now is told nothing more (SES-04).
        let staff = guard::staff(&self.house, &self.headers, &Method::GET).await.ok()?;
        if self.house.respond.room().now() > self.until || !staff.scopes.allow(Permission::ReadQueue) {
            return None;
        }
        let new = self.house.respond.new_since(&self.since).await.ok()?;
        if !self.named {
            (self.named, self.told) = (true, new);
            let told = json!({"waiting": new.waiting, "urgent": new.urgent, "since": self.since});
            return Some(format!("data: {told}\n\n"));
        }
        if new == self.told {
            return Some(": still here\n\n".to_owned());
        }
        self.told = new;
        Some(format!("data: {}\n\n", json!({"waiting": new.waiting, "urgent": new.urgent})))
    }
}
