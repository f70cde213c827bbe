//! One connection's life: the durable consumer found or made, messages taken in some at a time, an orderly end.

use std::time::Duration;

use async_nats::Client;
use async_nats::jetstream::consumer::{AckPolicy, PullConsumer, pull};
use async_nats::jetstream::{AckKind, Context};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use tokio_util::sync::CancellationToken;

use super::connect::Connection;
use super::message::{Taking, take};
use super::{Consumer, Glimpse, Server};
use crate::intake::Endpoints;
use crate::respond::Respond;

/// Messages taken in at once: each waits for a commit, and one commit serves many.
const AT_ONCE: usize = 64;
/// Messages that the server hands out without an answer to the earlier ones.
const UNANSWERED: i64 = 256;
/// After this the server hands a message out again.
const ANSWERED_WITHIN: Duration = Duration::from_mins(1);
/// The server says so often that it is there while nothing comes.
const HEARTBEAT: Duration = Duration::from_secs(5);
const ONE_ASKING: Duration = Duration::from_secs(30);
/// For the last acknowledgements.
const FAREWELL: Duration = Duration::from_secs(5);

/// Why a session is over.
pub(super) enum Ended {
    Stopped,
    Lost(&'static str),
    NeverThere(&'static str),
}

impl Consumer {
    /// Reads the stream at one server until the stop signal or until the connection is lost.
    pub(super) async fn session(
        &self,
        server: &Server,
        (respond, endpoints): (&Respond, &Endpoints),
        stop: &CancellationToken,
    ) -> Ended {
        let opened = async {
            let connection = self.connect(server).await?;
            let consumer = self.consumer(&connection.client).await?;
            Ok((connection, consumer))
        };
        let opened = tokio::select! {
            () = stop.cancelled() => return Ended::Stopped,
            opened = opened => opened,
        };
        let (connection, consumer) = match opened {
            Ok(opened) => opened,
            Err(word) => return Ended::NeverThere(word),
        };
        let name = &self.stream.name;
        let Some(endpoint) = endpoints.get(&self.stream.endpoint) else { return Ended::NeverThere("endpoint") };
        for mend in mend(&consumer.cached_info().config, &self.stream.subject) {
            tracing::warn!(stream = %name, "stream {name}: {mend}");
        }
        let asked = consumer.stream().max_messages_per_batch(AT_ONCE).expires(ONE_ASKING).heartbeat(HEARTBEAT);
        let Ok(mut messages) = asked.messages().await else { return Ended::NeverThere("consumer") };
        tracing::info!(stream = %name, "stream {name}: connected");
        metrics::gauge!("holdfast_stream_connected", "stream" => name.clone()).set(1.0);

        let taking = Taking { respond, endpoint, stream: name, strength: self.stream.login.strength() };
        let Connection { client, broken } = connection;
        let mut under_way = FuturesUnordered::new();
        let ended = loop {
            tokio::select! {
                () = stop.cancelled() => break Ended::Stopped,
                () = broken.cancelled() => break Ended::Lost("disconnected"),
                Some(()) = under_way.next(), if !under_way.is_empty() => {}
                message = messages.next(), if under_way.len() < AT_ONCE => match message {
                    Some(Ok(message)) => under_way.push(take(&taking, message)),
                    Some(Err(_)) | None => break Ended::Lost("no-answer"),
                },
            }
        };
        // What was begun is finished, so that it is acknowledged; what was only handed over goes back at once.
        while under_way.next().await.is_some() {}
        // No more than were asked for at once: taking them asks for others.
        for _ in 0..AT_ONCE {
            let Some(Some(Ok(message))) = messages.next().now_or_never() else { break };
            drop(message.ack_with(AckKind::Nak(None)).await);
        }
        drop(tokio::time::timeout(FAREWELL, client.flush()).await);
        ended
    }

    /// Looks at the stream and takes nothing; a word when it cannot be reached.
    pub async fn glimpse(&self) -> Result<Glimpse, &'static str> {
        let mut word = "no-connection";
        for server in &self.stream.servers {
            let looked = async {
                let connection = self.connect(server).await?;
                let context = async_nats::jetstream::new(connection.client.clone());
                self.find(&context).await
            };
            match looked.await {
                Ok(Some(consumer)) => {
                    let info = consumer.cached_info();
                    return Ok(Glimpse {
                        waiting: info.num_pending,
                        unanswered: info.num_ack_pending,
                        mend: mend(&info.config, &self.stream.subject),
                    });
                }
                Ok(None) => return Ok(Glimpse { waiting: 0, unanswered: 0, mend: Vec::new() }),
                Err(reason) => word = reason,
            }
        }
        Err(word)
    }

    async fn consumer(&self, client: &Client) -> Result<PullConsumer, &'static str> {
        let context = async_nats::jetstream::new(client.clone());
        if let Some(consumer) = self.find(&context).await? {
            return Ok(consumer);
        }
        let config = pull::Config {
            durable_name: Some(self.stream.consumer.clone()),
            description: Some("alerts for Holdfast".to_owned()),
            ack_policy: AckPolicy::Explicit,
            ack_wait: ANSWERED_WITHIN,
            max_ack_pending: UNANSWERED,
            filter_subject: self.stream.subject.clone(),
            ..pull::Config::default()
        };
        context.create_consumer_on_stream(config, &self.stream.stream).await.map_err(|_| "consumer")
    }

    /// The durable consumer, when it is there.
    async fn find(&self, context: &Context) -> Result<Option<PullConsumer>, &'static str> {
        use async_nats::jetstream::ErrorCode;
        use async_nats::jetstream::stream::ConsumerErrorKind::{InvalidConsumerType, JetStream};
        let found = context.get_consumer_from_stream(&self.stream.consumer, &self.stream.stream).await;
        match found {
            Ok(consumer) => match consumer.cached_info().config.ack_policy {
                AckPolicy::Explicit => Ok(Some(consumer)),
                AckPolicy::None | AckPolicy::All => Err("acknowledges"),
            },
            Err(error) => match error.kind() {
                JetStream(cause) if cause.error_code() == ErrorCode::CONSUMER_NOT_FOUND => Ok(None),
                InvalidConsumerType => Err("push"),
                _ => Err("stream"),
            },
        }
    }
}

/// What in a consumer that somebody else made would lose messages or leave some out.
fn mend(config: &async_nats::jetstream::consumer::Config, subject: &str) -> Vec<String> {
    let mut mend = Vec::new();
    if config.max_deliver > 0 {
        mend.push(format!(
            "its consumer gives a message up after {} tries, so a database that is away for long loses some; set max deliver to -1",
            config.max_deliver
        ));
    }
    if config.filter_subject != subject {
        mend.push(format!(
            "its consumer reads {:?} and the settings say {subject:?}; the consumer is what counts",
            config.filter_subject
        ));
    }
    mend
}
