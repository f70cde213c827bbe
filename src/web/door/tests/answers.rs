use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::extract::Request;
use metrics_exporter_prometheus::PrometheusBuilder;
use tower::ServiceExt;
use tracing_subscriber::fmt::MakeWriter;

use super::house::{SHORT, door, open, routes};
use crate::web::door::Limits;

/// OUT-03.
const EVERYWHERE: [&str; 9] = [
    "strict-transport-security: max-age=63072000; includeSubDomains",
    "x-content-type-options: nosniff",
    "referrer-policy: no-referrer",
    "cross-origin-opener-policy: same-origin",
    "cross-origin-resource-policy: same-origin",
    "cross-origin-embedder-policy: require-corp",
    "permissions-policy: camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "x-frame-options: DENY",
    "origin-agent-cluster: ?1",
];

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let house = open(door(Limits { handler: SHORT, headers: SHORT, ..Limits::default() })).await;
    let long = format!("GET /{}", "y".repeat(5000));
    for (line, status) in [
        ("GET /", 200),
        ("HEAD /", 200),
        ("GET /page", 200),
        ("GET /nowhere", 404),
        ("DELETE /", 405),
        ("OPTIONS /", 405),
        ("TRACE /", 405),
        ("POST /echo", 200),
        ("GET /bare", 500),
        ("GET /panic", 500),
        ("GET /never", 503),
        ("GET /\u{1}", 400),
        (&long, 414),
    ] {
        check(&house.say(format!("{line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).await, status);
    }
    check(&house.say("GET / HTTP/1.1\r\nHost: a\r\n").await, 408);
    check(&house.say(format!("GET / HTTP/1.1\r\nX: {}", "y".repeat(17_000))).await, 431);
}

fn check(answer: &str, status: u16) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}");
    for header in EVERYWHERE {
        assert_eq!(head.lines().filter(|line| *line == header).count(), 1, "{header} in {head}");
    }
    let id = head.lines().find_map(|line| line.strip_prefix("x-request-id: ")).unwrap();
    assert_eq!(id.len(), 32);
    assert!(head.contains("\r\ncache-control: no-store"), "{head}");
    for absent in ["\r\nserver:", "access-control", "axum", "hyper"] {
        assert!(!head.to_lowercase().contains(absent), "{absent} in {head}");
    }
    if status >= 400 {
        assert!(head.contains("\r\ncontent-type: application/problem+json"), "{head}");
        assert!(body.contains(&format!("\"instance\":\"urn:request:{id}\"")), "{body}");
        assert!(!body.contains("planted"), "{body}");
    }
    let policy = head.lines().find_map(|line| line.strip_prefix("content-security-policy: ")).unwrap();
    if head.contains("\r\ncontent-type: text/html") {
        let expected = format!(
            "default-src 'none'; script-src 'nonce-{body}'; style-src 'nonce-{body}'; img-src 'self'; \
             font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
             object-src 'none'; require-trusted-types-for 'script'; report-to csp"
        );
        assert_eq!(policy, expected);
        assert!(head.contains("\r\nreporting-endpoints: csp=\"/csp-reports\""), "{head}");
    } else {
        assert_eq!(policy, "default-src 'none'; frame-ancestors 'none'");
    }
}

#[tokio::test]
async fn a_nonce_and_an_id_are_used_once() {
    let house = open(door(Limits::default())).await;
    let page = "GET /page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let (first, second) = (house.say(page).await, house.say(page).await);
    let named = |answer: &str, name: &str| answer.lines().find(|line| line.starts_with(name)).map(str::to_owned);
    for name in ["content-security-policy", "x-request-id"] {
        assert_ne!(named(&first, name).unwrap(), named(&second, name).unwrap());
    }
}

#[tokio::test]
async fn a_panic_is_answered_and_counted() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let figures = recorder.handle();
    let _local = metrics::set_default_local_recorder(&recorder);
    let router = door(Limits::default()).hang(routes(Arc::default()));
    let response = router.oneshot(Request::get("/panic").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), 500);
    assert!(figures.render().contains("holdfast_panics_total 1"), "{}", figures.render());
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn a_log_line_has_the_route_and_the_request_id_and_nothing_that_was_sent() {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt().json().with_writer(lines.clone()).finish();
    let _here = tracing::subscriber::set_default(subscriber);
    // While there is one subscriber only, `tracing` asks the thread that reaches an event first whether anybody listens,
    // and keeps its answer for all threads. With a second one it asks every subscriber.
    let _asked = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::new());
    let router = door(Limits::default()).hang(routes(Arc::default()));
    let mut ids = Vec::new();
    for path in ["/c/PLANTED?PLANTED=PLANTED", "/PLANTED/PLANTED", "/bare"] {
        let request = Request::builder().method("PLANTED").method("GET").uri(path).header("cookie", "PLANTED");
        let response = router.clone().oneshot(request.body(Body::from("PLANTED")).unwrap()).await.unwrap();
        ids.push(response.headers()["x-request-id"].to_str().unwrap().to_owned());
    }
    let request = Request::builder().method("PLANTED").uri("/").body(Body::empty()).unwrap();
    router.oneshot(request).await.unwrap();
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(!text.contains("PLANTED"), "{text}");
    for part in ["/c/<case-token>", "<none>", "<other>", "\"request.id\"", "answered 200 in", "answered internal"] {
        assert!(text.contains(part), "{part} not in {text}");
    }
    assert!(ids.iter().all(|id| text.contains(id)), "{text}");
    assert!(text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{text}");
}
