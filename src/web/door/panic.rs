//! A panic in a handler is an answer of 500 and a count, never a lost connection (AVL-14).

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::web::problem::Problem;

/// The counter of panics caught; 0 in every healthy run.
pub const PANICS: &str = "holdfast_panics_total";

/// The message of a panic may hold what a person sent, so it is neither kept nor logged here.
#[derive(Debug, thiserror::Error)]
#[error("a handler panicked")]
struct Panicked;

pub(super) fn count() {
    metrics::counter!(PANICS).increment(1);
}

pub(super) async fn catch(request: Request, next: Next) -> Response {
    let mut answer = pin!(next.run(request));
    poll_fn(|context| {
        // What the handler left half done is dropped with it and never looked at again.
        catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(context))).unwrap_or_else(|_| {
            count();
            Poll::Ready(Problem::internal(Panicked).into_response())
        })
    })
    .await
}
