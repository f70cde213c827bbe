//! One message: judged and kept as a delivery of its source, then answered. The answer leaves after the commit.

use std::time::Duration;

use async_nats::jetstream::{AckKind, Message};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::intake::Endpoint;
use crate::intake::receive::Streamed;
use crate::intake::verify::Strength;
use crate::respond::{Arrival, Outcome, Respond};

/// Until a message comes again that could not be kept, the first and the longest time.
const AGAIN: [u64; 2] = [2, 60];
/// The sender's own name for a message, which the server knows copies by.
const MESSAGE_ID: &str = "nats-msg-id";

/// What every message of a session is taken in with.
#[derive(Clone, Copy)]
pub(super) struct Taking<'a> {
    pub respond: &'a Respond,
    pub endpoint: &'a Endpoint,
    pub stream: &'a str,
    pub strength: Strength,
}

/// Takes one in and answers it.
pub(super) async fn take(taking: &Taking<'_>, message: Message) {
    let name = taking.stream;
    let Ok(info) = message.info() else {
        tracing::warn!(stream = %name, "stream {name}: something came that is no message of a stream");
        return;
    };
    let headers = headers(&message);
    let id = match headers.get(MESSAGE_ID).and_then(|id| id.to_str().ok()).filter(|id| !id.is_empty()) {
        Some(id) => format!("nats-msg-id {id}"),
        // With its time, because a stream that is made anew counts from one again.
        None => format!("nats {} {} {}", info.stream, info.stream_sequence, info.published.unix_timestamp_nanos()),
    };
    let tries = info.delivered;
    let room = taking.respond.room();
    let streamed =
        Streamed { headers: &headers, body: &message.payload, id, strength: taking.strength, now: room.now() };
    let arrival = taking.endpoint.streamed(streamed, &room.playbooks);
    let (answer, outcome) = match taking.respond.writer.arrive(Arrival::Alert(arrival)).await {
        // Nobody can make sense of it by getting it again; it stands on the shelf.
        Ok(Outcome::Alerted(counts)) if counts.unmapped > 0 => (AckKind::Term, "unmapped"),
        Ok(Outcome::Alerted(counts)) if counts.accepted == 0 && counts.duplicates > 0 => (AckKind::Ack, "again"),
        Ok(Outcome::Alerted(_)) => (AckKind::Ack, "kept"),
        Ok(Outcome::AlertConflicts) => (AckKind::Ack, "conflict"),
        Ok(Outcome::Reported(_) | Outcome::ReportDiffers) => (AckKind::Nak(Some(pause(tries))), "not-kept"),
        Err(error) => {
            tracing::warn!(stream = %name, %error, "stream {name}: a message could not be kept, it comes again: {error}");
            (AckKind::Nak(Some(pause(tries))), "not-kept")
        }
    };
    metrics::counter!("holdfast_stream_messages_total", "outcome" => outcome).increment(1);
    if let Err(error) = message.ack_with(answer).await {
        // It comes again and is known then.
        tracing::warn!(stream = %name, %error, "stream {name}: an answer did not leave: {error}");
    }
}

/// How long a message waits that was handed out so many times.
fn pause(tries: i64) -> Duration {
    let [first, longest] = AGAIN;
    let doubled = u32::try_from(tries.saturating_sub(1).clamp(0, 10)).unwrap_or(0);
    Duration::from_secs((first << doubled).min(longest))
}

/// Its headers as those of a delivery: a bridge passes on what the sender said there.
fn headers(message: &Message) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, values) in message.headers.iter().flat_map(async_nats::HeaderMap::iter) {
        let text: &str = name.as_ref();
        let Ok(name) = HeaderName::from_bytes(text.as_bytes()) else { continue };
        for value in values {
            if let Ok(value) = HeaderValue::from_str(value.as_str()) {
                headers.append(name.clone(), value);
            }
        }
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_could_not_be_kept_waits_longer_each_time_up_to_a_minute() {
        let waits: Vec<u64> = [0, 1, 2, 3, 6, 1_000, i64::MAX].map(|tries| pause(tries).as_secs()).into();
        assert_eq!(waits, [2, 2, 4, 8, 60, 60, 60]);
        assert_eq!(pause(-1).as_secs(), 2);
    }
}
