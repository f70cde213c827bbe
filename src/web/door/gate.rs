//! The bytes of one connection on their way to hyper: only whole, checked heads pass, each in its turn, and each side
//! must keep its time.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

use super::Limits;
use super::drain::Drain;
use super::head::{Framing, Head, Refusal};
use super::turn::Turn;

const CHUNK: usize = 8 * 1024;
/// How long, and for how many bytes, a client that still sends is listened to after the last answer: closing with
/// unread bytes resets the connection, and the client may then never see that answer.
const LINGER: Duration = Duration::from_secs(1);
const LINGER_BYTES: usize = 1024 * 1024;

/// What hyper reads in place of a refused head. The service answers the refusal, then the connection closes.
const IN_PLACE: &[u8] = b"GET / HTTP/1.1\r\nhost: refused\r\nconnection: close\r\n\r\n";

pub(super) struct Gate {
    stream: TcpStream,
    turn: Arc<Turn>,
    limits: Limits,
    stage: Stage,
    /// What came and is not handed on: a head in the making, or what a client sent ahead of its turn.
    head: Head,
    passing: Vec<u8>,
    passed: usize,
    timer: Pin<Box<Sleep>>,
    drain: Drain,
    lingered: usize,
}

enum Stage {
    /// Before the first byte of a head.
    Waiting,
    /// Within a head.
    Reading,
    /// Within a body, this many bytes before its end; or, at 0, in the answer.
    Body(u64),
    /// Within a body whose end only hyper sees; nothing comes after it.
    Chunked,
    Refused,
    /// The writing side is shut.
    Shut,
}

impl Gate {
    pub(super) fn new(stream: TcpStream, turn: Arc<Turn>, limits: Limits) -> Self {
        Self {
            stream,
            turn,
            limits,
            stage: Stage::Waiting,
            head: Head::default(),
            passing: Vec::new(),
            passed: 0,
            timer: Box::pin(sleep(limits.first_byte)),
            drain: Drain::new(limits),
            lingered: 0,
        }
    }

    fn until(&mut self, stage: Stage, within: Duration) {
        self.stage = stage;
        self.timer.as_mut().reset(Instant::now() + within);
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.turn.refuse(refusal);
        self.pass(IN_PLACE.to_vec());
        self.stage = Stage::Refused;
    }

    fn pass(&mut self, bytes: Vec<u8>) {
        self.passing = bytes;
        self.passed = 0;
    }

    /// Takes what the socket holds; 0 is its end.
    fn fill(&mut self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let mut chunk = [0; CHUNK];
        let mut buffer = ReadBuf::new(&mut chunk);
        ready!(Pin::new(&mut self.stream).poll_read(context, &mut buffer))?;
        self.head.push(buffer.filled());
        Poll::Ready(Ok(buffer.filled().len()))
    }

    /// Goes on with a head. `Ready(Ok(false))` is the end of the connection.
    fn poll_head(&mut self, context: &mut Context<'_>) -> Poll<io::Result<bool>> {
        loop {
            if matches!(self.stage, Stage::Waiting) && self.head.len() > 0 {
                self.until(Stage::Reading, self.limits.headers);
            }
            match self.head.find(&self.limits) {
                Ok(Some((head, framing))) => {
                    self.turn.begin(framing == Framing::Chunked);
                    self.drain.rest();
                    self.pass(head);
                    self.stage = match framing {
                        Framing::Length(length) => Stage::Body(length),
                        Framing::Chunked => Stage::Chunked,
                    };
                    return Poll::Ready(Ok(true));
                }
                Err(refusal) => {
                    self.refuse(refusal);
                    return Poll::Ready(Ok(true));
                }
                Ok(None) => {}
            }
            match self.fill(context)? {
                Poll::Ready(0) => return Poll::Ready(Ok(false)),
                Poll::Ready(_) => {}
                Poll::Pending => {
                    ready!(self.timer.as_mut().poll(context));
                    if self.head.len() == 0 {
                        return Poll::Ready(Ok(false));
                    }
                    self.refuse(Refusal::TooSlow);
                    return Poll::Ready(Ok(true));
                }
            }
        }
    }

    /// Holds reading back while an answer is made, but for what the client sends ahead. `Ready` is its leaving, which
    /// ends an event stream; an ordinary handler runs on, so that what it does is done whole.
    fn poll_ahead(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.head.len() < self.limits.header_bytes {
            if ready!(self.fill(context))? == 0 {
                return if self.turn.is_stream() { Poll::Ready(Ok(())) } else { Poll::Pending };
            }
        }
        Poll::Pending
    }

    /// Hands on a piece of a body, at most `left` bytes of it.
    fn poll_body(&mut self, context: &mut Context<'_>, left: u64, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<usize>> {
        let room = buffer.remaining().min(usize::try_from(left).unwrap_or(usize::MAX));
        if self.head.len() > 0 {
            let early = self.head.take_body(room);
            buffer.put_slice(&early);
            return Poll::Ready(Ok(early.len()));
        }
        let mut piece = ReadBuf::new(buffer.initialize_unfilled_to(room));
        ready!(Pin::new(&mut self.stream).poll_read(context, &mut piece))?;
        let count = piece.filled().len();
        buffer.advance(count);
        Poll::Ready(Ok(count))
    }
}

impl AsyncRead for Gate {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        loop {
            if this.passed < this.passing.len() {
                let rest = &this.passing[this.passed..];
                let count = rest.len().min(buffer.remaining());
                buffer.put_slice(&rest[..count]);
                this.passed += count;
                return Poll::Ready(Ok(()));
            }
            match this.stage {
                Stage::Waiting | Stage::Reading => {
                    if !ready!(this.poll_head(context))? {
                        return Poll::Ready(Ok(()));
                    }
                }
                Stage::Body(0) if this.turn.is_answering(context) => return this.poll_ahead(context),
                Stage::Body(0) => this.until(Stage::Waiting, this.limits.idle),
                Stage::Body(left) => {
                    let count = ready!(this.poll_body(context, left, buffer))?;
                    this.stage = Stage::Body(left - count as u64);
                    return Poll::Ready(Ok(()));
                }
                Stage::Chunked => return this.poll_body(context, u64::MAX, buffer).map_ok(|_| ()),
                Stage::Refused | Stage::Shut => return Poll::Pending,
            }
        }
    }
}

impl AsyncWrite for Gate {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        let stream = self.turn.is_stream();
        self.drain.judge(context, written, stream)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        let stream = self.turn.is_stream();
        self.drain.judge(context, written, stream)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if !matches!(this.stage, Stage::Shut) {
            ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
            this.until(Stage::Shut, LINGER);
        }
        loop {
            let unread = this.head.len();
            this.head.take_body(unread);
            match this.fill(context) {
                Poll::Ready(Ok(0) | Err(_)) => return Poll::Ready(Ok(())),
                Poll::Ready(Ok(count)) => this.lingered += count,
                Poll::Pending => return this.timer.as_mut().poll(context).map(Ok),
            }
            if this.lingered > LINGER_BYTES {
                return Poll::Ready(Ok(()));
            }
        }
    }
}
