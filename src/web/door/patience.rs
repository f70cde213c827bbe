//! How long a request may take once its head is here: the body by its pace, the handler by the clock.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep, timeout};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::Limits;
use crate::web::body;
use crate::web::problem::Problem;

/// The body of a request came too slowly.
#[derive(Debug, thiserror::Error)]
#[error("the body came too slowly")]
pub struct TooSlow;

/// The body has its time, a longer one when it carries a file. The handler's time begins when the body is read, or could have been.
pub(super) async fn limit(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let limits =
        if body::is_with_file(request.headers()) { Limits { body: limits.file_body, ..limits } } else { limits };
    let read = CancellationToken::new();
    let request = request.map(|body| Body::new(Paced::new(body, limits, read.clone().drop_guard())));
    let patience = async {
        let _ = timeout(limits.body, read.cancelled()).await;
        sleep(limits.handler).await;
    };
    tokio::select! {
        biased;
        answer = next.run(request) => answer,
        () = patience => Problem::unavailable().cause(Unanswered(limits.handler)).into_response(),
    }
}

#[derive(Debug, thiserror::Error)]
#[error("no answer within {0:?}")]
struct Unanswered(Duration);

/// The body of a request, which fails as [`TooSlow`] when the client does not keep the pace.
struct Paced {
    body: Body,
    limits: Limits,
    received: u64,
    /// When the handler began to wait for the body: what it does before is not the client's slowness.
    began: Option<Instant>,
    timer: Pin<Box<Sleep>>,
    read: Option<DropGuard>,
}

impl Paced {
    fn new(body: Body, limits: Limits, read: DropGuard) -> Self {
        let read = (!body.is_end_stream()).then_some(read);
        Self { body, limits, received: 0, began: None, timer: Box::pin(sleep(limits.body)), read }
    }

    fn deadline(&self, began: Instant) -> Instant {
        let earned = Duration::from_millis(self.received.saturating_mul(1000) / self.limits.body_floor.max(1));
        began + (self.limits.body_grace + earned).min(self.limits.body)
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = &mut *self;
        let began = *this.began.get_or_insert_with(Instant::now);
        match Pin::new(&mut this.body).poll_frame(context) {
            Poll::Pending => {
                let deadline = this.deadline(began);
                this.timer.as_mut().reset(deadline);
                this.timer.as_mut().poll(context).map(|()| Some(Err(axum::Error::new(TooSlow))))
            }
            Poll::Ready(Some(Ok(frame))) => {
                if let Some(bytes) = frame.data_ref() {
                    this.received = this.received.saturating_add(bytes.len() as u64);
                }
                if this.body.is_end_stream() {
                    this.read = None;
                }
                // A client that drips just fast enough never leaves the body pending for long.
                if Instant::now() > began + this.limits.body {
                    return Poll::Ready(Some(Err(axum::Error::new(TooSlow))));
                }
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(end) => {
                this.read = None;
                Poll::Ready(end)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
