//! What the guard lets through: the listed address and nothing that looks, reads or resolves like it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::outbox::{Caller, Heard, Letter, Target};

const LISTED: &str = "https://wallet.example/orders";

fn any() -> Allowed {
    Allowed::new::<&str>(&[]).unwrap()
}

fn guard() -> Guard {
    Guard::new([(&Url::parse(LISTED).unwrap(), any())])
}

/// NET-01: everything of the corpus is refused, the one listed address is not.
#[test]
fn nothing_of_the_corpus_gets_through() {
    let corpus: Vec<String> = serde_json::from_str(include_str!("corpus.json")).unwrap();
    assert!(corpus.len() >= 150, "{}", corpus.len());
    let through: Vec<&String> = corpus.iter().filter(|url| guard().check(url).is_ok()).collect();
    assert!(through.is_empty(), "{through:?}");
    for good in [LISTED, "https://wallet.example:443/orders", "https://WALLET.example/orders?x=1"] {
        assert!(guard().check(good).is_ok(), "{good}");
    }
}

/// NET-02: the same literals stay refused where the operator has listed the very host by mistake, in every notation.
#[test]
fn a_listed_number_is_still_an_address_that_is_checked() {
    for text in
        ["https://127.0.0.1/", "https://2130706433/", "https://0x7f.1/", "https://[::1]/", "https://[::ffff:7f00:1]/"]
    {
        let url = Url::parse(text).unwrap();
        let guard = Guard::new([(&url, any())]);
        assert_eq!(guard.check(url.as_str()), Err(Refused::Range), "{text}");
    }
    for (text, means) in [
        ("0177.0x0.1", "127.0.0.1"),
        ("0xa9fea9fe", "169.254.169.254"),
        ("１２７.0.0.1", "127.0.0.1"),
        ("127。0。0。1", "127.0.0.1"),
        ("%31%32%37.0.0.1", "127.0.0.1"),
        ("10.1", "10.0.0.1"),
        ("0", "0.0.0.0"),
        ("[fe80::1%25eth0]", "fe80::1"),
    ] {
        assert_eq!(address_of(text), Some(means.parse().unwrap()), "{text}");
    }
    for name in ["wallet.example", "1.2.3.4.5", "256.1.1.1", "0x7g", "09.1", "", "a"] {
        assert_eq!(address_of(name), None, "{name}");
    }
}

/// NET-02: one address of each refused range, and its neighbours outside.
#[test]
fn ranges_end_where_the_registries_say() {
    for refused in [
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "100.64.0.0",
        "100.127.255.255",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.9",
        "192.88.99.1",
        "192.168.9.9",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.0",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002::1",
        "2001::1",
        "2001:db8::1",
        "3fff:fff::1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "fec0::1",
        "ff0e::1",
        "100::1",
    ] {
        assert!(is_refused(refused.parse().unwrap()), "{refused}");
    }
    for public in [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.0.1",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.0.1",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:200::1",
        "2606:4700::1",
        "2a00::1",
        "3fff:1000::1",
    ] {
        assert!(!is_refused(public.parse().unwrap()), "{public}");
    }
}

/// Answers each question with the next of its lists.
struct Stub {
    answers: Mutex<Vec<Vec<IpAddr>>>,
    asked: AtomicUsize,
}

impl Stub {
    fn new(answers: &[&[&str]]) -> Arc<Self> {
        let lists = answers.iter().rev().map(|list| list.iter().map(|text| text.parse().unwrap()).collect());
        Arc::new(Self { answers: Mutex::new(lists.collect()), asked: AtomicUsize::new(0) })
    }
}

impl Resolve for Stub {
    fn resolve(&self, _: &str) -> Answered {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let answer = self.answers.lock().unwrap().pop().unwrap_or_default();
        Box::pin(async move { Ok(answer) })
    }
}

fn target(text: &str, networks: &[&str]) -> Target {
    use crate::intake::verify::{Key, KeyForm, Secret};
    let secret = Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=".to_owned()).unwrap();
    Target {
        name: "wallet".to_owned(),
        url: Url::parse(text).unwrap(),
        networks: Allowed::new(networks).unwrap(),
        key: Key::decode(&secret, KeyForm::Whsec).unwrap(),
        actions: Vec::new(),
    }
}

async fn sent(target: &Target, stub: &Arc<Stub>) -> Heard {
    let guard = Guard::new([(&target.url, target.networks.clone())]);
    let caller = Caller::new(guard, Arc::clone(stub) as Arc<dyn Resolve>).unwrap();
    let now = crate::time::Timestamp::from_millis(1_772_442_000_000);
    caller.send(target, Letter { id: "k", body: "{}".to_owned(), now }).await
}

/// NET-02: a name that turns to an inner address after the check, or answers with a good and a bad one, is not called;
/// each call resolves once.
#[tokio::test]
async fn a_name_that_turns_inwards_is_not_called() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let inner = target(&format!("https://wallet.example:{port}/"), &[]);
    for answers in [&["127.0.0.1"][..], &["9.9.9.9", "127.0.0.1"], &["::ffff:127.0.0.1"], &["64:ff9b::7f00:1"], &[]] {
        let stub = Stub::new(&[answers, &["127.0.0.1"]]);
        assert_eq!(sent(&inner, &stub).await, Heard::Unreached("no-connection"), "{answers:?}");
        assert_eq!(stub.asked.load(Ordering::SeqCst), 1, "resolved once");
    }
    let knocked = tokio::time::timeout(std::time::Duration::from_millis(20), listener.accept()).await;
    assert!(knocked.is_err(), "nobody knocked");
}

/// A listed network is where the host lies, and nowhere else.
#[tokio::test]
async fn a_host_of_ones_own_is_called_in_its_network_alone() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://wallet.internal:{}/", listener.local_addr().unwrap().port());
    let answering = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut bytes = [0; 2_048];
        let read = stream.read(&mut bytes).await.unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nset-cookie: a=b\r\n\r\nok").await.unwrap();
        String::from_utf8_lossy(&bytes[..read]).into_owned()
    };
    let stub = Stub::new(&[&["127.0.0.1"], &["9.9.9.9"]]);
    let inner = target(&url, &["127.0.0.0/8"]);
    let (heard, request) = tokio::join!(sent(&inner, &stub), answering);
    assert_eq!(heard, Heard::Body(b"ok".to_vec()));
    assert!(request.contains("webhook-signature: v1,") && !request.contains("cookie"), "{request}");
    assert_eq!(sent(&inner, &stub).await, Heard::Unreached("no-connection"), "public is not where it lies");
}

proptest! {
    #[test]
    fn no_text_but_a_listed_one_gets_through(text in "(https?://)?[a-z0-9.:@/\\\\#?%\\[\\]]{0,40}") {
        prop_assert!(guard().check(&text).is_err() || text.starts_with("https://wallet.example"));
    }

    #[test]
    fn what_is_read_as_a_number_is_read_as_the_url_parser_does(parts in proptest::collection::vec(0u32..300, 1..5), radix in 0..3) {
        let part = |part: &u32| match radix { 0 => part.to_string(), 1 => format!("0{part:o}"), _ => format!("{part:#x}") };
        let text = parts.iter().map(part).collect::<Vec<_>>().join(".");
        let parsed = Url::parse(&format!("https://{text}/")).ok().and_then(|url| match url.host() {
            Some(url::Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            _ => None,
        });
        prop_assert_eq!(address_of(&text), parsed);
    }
}
