//! A real NATS server on loopback, one for each story, and a wire to it that can lose what goes one way.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_nats::jetstream::consumer::pull;
use async_nats::jetstream::context::GetStreamErrorKind;
use async_nats::jetstream::{self, Context, stream};
use nkeys::KeyPair;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server that ends with its story.
pub struct Nats {
    child: Child,
    pub port: u16,
    folder: tempfile::TempDir,
    /// The key that it knows.
    key: KeyPair,
}

const BINARY: &str = "/usr/sbin/nats-server";
pub const STREAM: &str = "ALERTS";
pub const CONSUMER: &str = "holdfast";

/// A server, where the machine has one; `tests/run` installs it and says that it must be there.
#[expect(clippy::disallowed_methods, reason = "whether it must be there, only who runs the test knows")]
#[expect(clippy::print_stdout, reason = "a story that was passed by says so")]
pub fn nats(more: &str) -> Option<Nats> {
    if !PathBuf::from(BINARY).exists() {
        let must = std::env::var("HOLDFAST_TEST_NATS").is_ok();
        assert!(!must, "nats-server is not there, and HOLDFAST_TEST_NATS says that it must be");
        println!("this story is passed by: install nats-server to have it told");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let key = KeyPair::new_user();
    fs::write(folder.path().join("nkey"), key.seed().unwrap()).unwrap();
    let users = format!("authorization {{ users = [ {{ nkey: {} }} ] }}", key.public_key());
    let settings = if more.is_empty() { users } else { more.replace("FOLDER", folder.path().to_str().unwrap()) };
    fs::write(folder.path().join("nats.conf"), settings).unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let child = begin(&folder, port);
    Some(Nats { child, port, folder, key })
}

fn begin(folder: &tempfile::TempDir, port: u16) -> Child {
    let mut command = Command::new(BINARY);
    command.args(["-js", "-a", "127.0.0.1", "-p", &port.to_string(), "-sd"]).arg(folder.path().join("data"));
    command.arg("-c").arg(folder.path().join("nats.conf")).arg("-l").arg(folder.path().join("nats.log"));
    command.stdin(Stdio::null()).spawn().unwrap()
}

impl Nats {
    /// A file of the server's folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Somebody who may publish, once the server is there.
    pub async fn publisher(&self) -> Context {
        let seed = self.key.seed().unwrap();
        let options = async_nats::ConnectOptions::with_nkey(seed).retry_on_initial_connect();
        let client = options.connect(format!("nats://127.0.0.1:{}", self.port)).await.unwrap();
        let context = jetstream::new(client);
        // The server says that it has no such stream only once it has read its streams.
        let answers = async || match context.get_stream(STREAM).await {
            Ok(_) => true,
            Err(error) => matches!(error.kind(), GetStreamErrorKind::JetStream(_)),
        };
        let ready = until(answers).await;
        assert!(ready, "{}", fs::read_to_string(self.file("nats.log")).unwrap_or_default());
        context
    }

    /// The stream that stories publish to, with a memory of names as short as the server lets it be.
    pub async fn stream(&self) -> (Context, stream::Stream) {
        let context = self.publisher().await;
        let config = stream::Config {
            name: STREAM.to_owned(),
            subjects: vec!["alerts.>".to_owned()],
            duplicate_window: Duration::from_millis(100),
            ..stream::Config::default()
        };
        let stream = context.create_stream(config).await.unwrap();
        (context, stream)
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again where it was.
    pub fn start(&mut self) {
        self.child = begin(&self.folder, self.port);
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        // Fails when it is gone already, which is as well.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Whether something came about within half a minute.
pub async fn until(mut come: impl AsyncFnMut() -> bool) -> bool {
    let end = tokio::time::Instant::now() + Duration::from_secs(30);
    while tokio::time::Instant::now() < end {
        if come().await {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    false
}

/// Whether every message was answered for good.
pub async fn settled(stream: &stream::Stream) -> bool {
    let Ok(consumer) = stream.get_consumer::<pull::Config>(CONSUMER).await else { return false };
    let info = consumer.cached_info();
    info.num_pending == 0 && info.num_ack_pending == 0
}

/// A way to the server on which what the house says can be lost.
pub struct Wire {
    pub port: u16,
    /// While true, nothing of the house arrives.
    pub deaf: Arc<AtomicBool>,
}

pub async fn wire(to: u16) -> Wire {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, deaf) = (listener.local_addr().unwrap().port(), Arc::new(AtomicBool::new(false)));
    let muted = Arc::clone(&deaf);
    #[expect(clippy::disallowed_methods, reason = "ends with the runtime of its story")]
    tokio::spawn(async move {
        while let Ok((house, _)) = listener.accept().await {
            let Ok(server) = TcpStream::connect(("127.0.0.1", to)).await else { continue };
            let ((mut from_house, mut to_house), (mut from_server, mut to_server)) =
                (house.into_split(), server.into_split());
            let muted = Arc::clone(&muted);
            tokio::spawn(async move { tokio::io::copy(&mut from_server, &mut to_house).await });
            tokio::spawn(async move {
                let mut buffer = vec![0; 64 * 1024];
                while let Ok(read) = from_house.read(&mut buffer).await {
                    if read == 0 {
                        break;
                    }
                    if !muted.load(Ordering::SeqCst) && to_server.write_all(&buffer[..read]).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    Wire { port, deaf }
}
