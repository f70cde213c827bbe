//! Whose turn it is on a connection: what the byte side and the answering side tell each other.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::time::Sleep;
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

use super::head::Refusal;
use super::panic;

/// Shared by the gate and the service of one connection.
#[derive(Default)]
pub(super) struct Turn(Mutex<State>);

#[derive(Default)]
struct State {
    answering: bool,
    refusal: Option<Refusal>,
    stream: bool,
    last: bool,
    gate: Option<Waker>,
}

impl Turn {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A head has been handed over. `last` says that the connection cannot carry another one.
    pub(super) fn begin(&self, last: bool) {
        let mut state = self.state();
        state.answering = true;
        state.stream = false;
        state.last = last;
    }

    pub(super) fn refuse(&self, refusal: Refusal) {
        self.begin(true);
        self.state().refusal = Some(refusal);
    }

    /// Whether an answer is still being made; then the gate is woken when it ends.
    pub(super) fn is_answering(&self, context: &Context<'_>) -> bool {
        let mut state = self.state();
        if state.answering {
            state.gate = Some(context.waker().clone());
        }
        state.answering
    }

    pub(super) fn take_refusal(&self) -> Option<Refusal> {
        self.state().refusal.take()
    }

    pub(super) fn is_last(&self) -> bool {
        self.state().last
    }

    pub(super) fn is_stream(&self) -> bool {
        self.state().stream
    }

    fn end(&self) {
        let waker = {
            let mut state = self.state();
            state.answering = false;
            state.gate.take()
        };
        // hyper does not read again by itself after the gate held it back during the answer.
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// The body of an answer; its end, reached or not, ends the turn.
pub(super) struct Answer {
    body: Body,
    turn: Arc<Turn>,
    kind: Kind,
}

enum Kind {
    /// Each piece must come within the time.
    Ordinary { within: Duration, timer: Option<Pin<Box<Sleep>>> },
    /// Runs until one side ends it, or the house stops.
    Stream { stop: Pin<Box<WaitForCancellationFutureOwned>> },
}

/// The piece of an answer did not come in time, or its making panicked.
#[derive(Debug, thiserror::Error)]
#[error("the answer was broken off")]
pub(super) struct BrokenOff;

impl Answer {
    pub(super) fn ordinary(body: Body, turn: Arc<Turn>, within: Duration) -> Self {
        Self { body, turn, kind: Kind::Ordinary { within, timer: None } }
    }

    pub(super) fn stream(body: Body, turn: Arc<Turn>, stop: CancellationToken) -> Self {
        turn.state().stream = true;
        Self { body, turn, kind: Kind::Stream { stop: Box::pin(stop.cancelled_owned()) } }
    }
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = &mut *self;
        let Ok(piece) = catch_unwind(AssertUnwindSafe(|| Pin::new(&mut this.body).poll_frame(context))) else {
            panic::count();
            return Poll::Ready(Some(Err(axum::Error::new(BrokenOff))));
        };
        match &mut this.kind {
            Kind::Ordinary { timer, .. } if piece.is_ready() => {
                *timer = None;
                piece
            }
            Kind::Ordinary { within, timer } => {
                let timer = timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(*within)));
                timer.as_mut().poll(context).map(|()| Some(Err(axum::Error::new(BrokenOff))))
            }
            Kind::Stream { .. } if piece.is_ready() => piece,
            Kind::Stream { stop } => stop.as_mut().poll(context).map(|()| None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.turn.end();
    }
}
