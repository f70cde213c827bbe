//! Streams of alerts (NATS JetStream): each message walks the road of a webhook and is acknowledged after the commit.
//!
//! `connect` gets to a server and no further than the guard lets it, `session` reads a stream, `message` takes one in.

mod connect;
mod message;
mod session;

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use url::Url;
use zeroize::Zeroizing;

use self::session::Ended;
use super::Endpoints;
use super::verify::{Allowed, Strength};
use crate::outbox::Caller;
use crate::outbox::guard::{Guard, Resolve};
use crate::respond::Respond;

/// Between two tries to reach a server, the first and the longest.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(30)];

/// A configured stream. It holds secrets, so no `Debug`.
pub struct Stream {
    pub name: String,
    /// The source whose mapping reads each message.
    pub endpoint: String,
    /// Tried in turn.
    pub servers: Vec<Server>,
    /// Networks that are not public in which they may lie.
    pub networks: Allowed,
    pub login: Login,
    /// As the server calls it.
    pub stream: String,
    /// The durable consumer; made when there is none.
    pub consumer: String,
    /// What of the stream is read; empty: everything.
    pub subject: String,
    /// The certificate of one's own authority, PEM; nothing: whom the system trusts.
    pub authority: Option<Vec<u8>>,
}

/// One server of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub tls: bool,
}

/// Who one is to the server.
#[derive(Clone)]
pub enum Login {
    Nobody,
    Token(Zeroizing<String>),
    Password {
        user: String,
        password: Zeroizing<String>,
    },
    /// The text of a credentials file: a token that the server's operator signed, and the key it is bound to.
    Credentials(Zeroizing<String>),
    /// The seed of a key.
    Nkey(Zeroizing<String>),
}

impl Login {
    /// What such a login proves of a message: that it stood in a stream which is behind a login. Nothing in it is signed,
    /// so no order ever follows from it alone.
    pub const fn strength(&self) -> Strength {
        match self {
            Self::Nobody => Strength::Network,
            Self::Token(_) | Self::Password { .. } | Self::Credentials(_) | Self::Nkey(_) => Strength::StaticSecret,
        }
    }

    /// Whether the secret itself goes over the wire.
    pub const fn tells_its_secret(&self) -> bool {
        match self {
            Self::Token(_) | Self::Password { .. } => true,
            Self::Nobody | Self::Credentials(_) | Self::Nkey(_) => false,
        }
    }
}

/// What is found when a stream is looked at without taking anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glimpse {
    /// Messages that wait, and that were handed out without an answer so far.
    pub waiting: u64,
    pub unanswered: usize,
    /// What its operator should mend, in plain words.
    pub mend: Vec<String>,
}

/// A stream with the way there.
pub struct Consumer {
    stream: Stream,
    caller: Caller,
}

impl Consumer {
    /// A consumer that reaches the servers of its stream and nothing else; an error when the system has no root certificates.
    pub fn new(stream: Stream, resolver: Arc<dyn Resolve>) -> anyhow::Result<Self> {
        let urls: Vec<Url> = stream
            .servers
            .iter()
            .map(|server| Url::parse(&format!("nats://{}:{}", server.host, server.port)))
            .collect::<Result<_, _>>()?;
        let guard = Guard::new(urls.iter().map(|url| (url, stream.networks.clone())));
        Ok(Self { stream, caller: Caller::new(guard, resolver)? })
    }

    /// The name in the settings.
    pub fn name(&self) -> &str {
        &self.stream.name
    }

    /// What its login proves of a message.
    pub const fn strength(&self) -> Strength {
        self.stream.login.strength()
    }

    /// Takes in messages until the stop signal. A server that is away is tried again for ever.
    pub async fn run(self, (respond, endpoints): (Respond, Endpoints), stop: CancellationToken) {
        let name = &self.stream.name;
        let [mut pause, longest] = PAUSES;
        loop {
            for server in &self.stream.servers {
                match self.session(server, (&respond, &endpoints), &stop).await {
                    Ended::Stopped => return,
                    Ended::Lost(word) => {
                        pause = PAUSES[0];
                        tracing::warn!(stream = %name, "stream {name}: the connection was lost ({word}), it is made again");
                    }
                    Ended::NeverThere(word) => {
                        tracing::warn!(stream = %name, "stream {name}: {}; it is tried again", plain(word));
                    }
                }
                metrics::gauge!("holdfast_stream_connected", "stream" => name.clone()).set(0.0);
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(pause) => {}
                }
            }
            pause = pause.saturating_mul(2).min(longest);
        }
    }
}

/// A word of a connection that did not come about, as a sentence.
pub fn plain(word: &str) -> &str {
    match word {
        "guard" => {
            "its address lies in no network that it may lie in; add networks = [\"its network\"] when it is yours"
        }
        "no-address" => "its name has no address",
        "no-connection" => "no server answers there",
        "late" => "the server took too long to answer",
        "certificate" => "the server's certificate is not trusted; authority_file names the one of your own authority",
        "login" => "the server does not know this login",
        "stream" => "there is no such stream, or this login may not see it",
        "consumer" => "the durable consumer could not be made; this login may not, or it is there with other settings",
        "push" => "the durable consumer is one that the server pushes to; name another, it is made",
        "acknowledges" => {
            "the durable consumer must be acknowledged message by message (ack policy explicit); name another, it is made"
        }
        other => other,
    }
}
