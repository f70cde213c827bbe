use std::collections::BTreeMap;

use axum::response::IntoResponse;
use proptest::prelude::*;
use serde::Deserialize;

use super::*;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    text: String,
    #[serde(default)]
    happening_now: Option<bool>,
    #[serde(default)]
    wallets: Vec<Wallet>,
    #[serde(default)]
    answers: BTreeMap<String, u8>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wallet {
    chain: Chain,
    amount: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Chain {
    Tron,
    Bitcoin,
}

fn headers(name: &'static str, value: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))])
}

fn report(body: &str) -> Result<Report, Problem> {
    json(&headers("content-type", "application/json"), body.as_bytes())
}

/// Status, field and rule of the refusal.
async fn refusal(result: Result<Report, Problem>) -> String {
    let response = result.unwrap_err().into_response();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let error = &body["errors"][0];
    format!("{status} {} {}", error["field"].as_str().unwrap(), error["rule"].as_str().unwrap())
}

#[test]
fn a_right_body_is_read() {
    let body =
        r#"{"text": "没有 \"x\" \u0041", "wallets": [{"chain": "tron", "amount": "1.50"}], "answers": {"a": 2}}"#;
    let read = report(body).unwrap();
    assert_eq!(read.text, "没有 \"x\" A");
    assert_eq!(read.wallets, [Wallet { chain: Chain::Tron, amount: Some("1.50".into()) }]);
    assert_eq!(read.answers, BTreeMap::from([("a".into(), 2)]));
    let any: serde_json::Value = json(&headers("content-type", "application/json"), b"[1, -2, 1.5, {}]").unwrap();
    assert_eq!(any.to_string(), "[1,-2,1.5,{}]");
}

#[tokio::test]
async fn a_refusal_names_the_field_and_the_rule() {
    for (body, expected) in [
        ("", "400 body json"),
        ("{", "400 body json"),
        (r#"{"text": "a"} {}"#, "400 body json"),
        (r#"{"text": "a",}"#, "400 body json"),
        (r#"{"text": "\ud800"}"#, "400 body json"),
        (r#"{"text": "a", "text": "b"}"#, "400 text repeated"),
        (r#"{"wallets": [{}, {"chain": 1, "ch\u0061in": 2}]}"#, "400 wallets[1].chain repeated"),
        (r#"{"text": "a\u0000b"}"#, "400 text nul"),
        (r#"{"text": "a", "nul\u0000": 1}"#, "400 body nul"),
        (r#"{"text": "a", "planted": 1}"#, "422 planted unknown"),
        (r#"{"text": "a", "a planted phrase of words": 1}"#, "422 ? unknown"),
        (r#"{"wallets": []}"#, "422 text required"),
        (r#"{"text": 7}"#, "422 text type"),
        (r#"{"text": "a", "happening_now": "yes"}"#, "422 happening_now type"),
        (r#"{"text": "a", "wallets": [{"chain": "planted"}]}"#, "422 wallets[0].chain choice"),
        (r#"{"text": "a", "wallets": [{"chain": "tron", "amount": 1.5}]}"#, "422 wallets[0].amount type"),
        (r#"{"text": "a", "answers": {"q": 300}}"#, "422 answers.q value"),
        (r#"{"text": "a", "answers": {"q": 1.0}}"#, "422 answers.q type"),
        (r#"{"text": "a", "answers": {"q": 1e999}}"#, "422 answers.q number"),
        ("[]", "422 body type"),
        (r#"["a", true]"#, "422 body type"),
        ("\"planted\"", "422 body type"),
    ] {
        assert_eq!(refusal(report(body)).await, expected, "{body}");
    }
}

#[tokio::test]
async fn thirty_two_levels_and_no_more() {
    let nested = |levels: usize| {
        let body = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        json::<serde_json::Value>(&headers("content-type", "application/json"), body.as_bytes())
    };
    assert!(nested(32).is_ok());
    assert_eq!(nested(33).unwrap_err().status(), 400);
    assert_eq!(nested(60_000).unwrap_err().status(), 400);
}

#[test]
fn only_json_is_read_as_json() {
    for right in ["application/json", "Application/JSON; charset=utf-8", "application/json;charset=\"UTF-8\""] {
        assert!(json::<u8>(&headers("content-type", right), b"1").is_ok(), "{right}");
    }
    for wrong in ["text/plain", "application/jsonp", "application/json; charset=utf-16", ""] {
        assert_eq!(json::<u8>(&headers("content-type", wrong), b"1").unwrap_err().status(), 415, "{wrong}");
    }
    assert_eq!(json::<u8>(&HeaderMap::new(), b"1").unwrap_err().status(), 415);
    let mut twice = headers("content-type", "application/json");
    twice.append(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    assert_eq!(json::<u8>(&twice, b"1").unwrap_err().status(), 415);
    assert_eq!(json::<String>(&headers("content-type", "application/json"), b"\"\xff\"").unwrap_err().status(), 400);
}

fn fields(text: &str) -> Result<Fields, Problem> {
    form(&headers("content-type", "application/x-www-form-urlencoded"), text.as_bytes())
}

#[test]
fn a_form_is_read_field_by_field() {
    let mut read = fields("text=a+b%20%E6%B2%A1&tried=x&tried=y&answer.q=me&empty=&flag").unwrap();
    assert_eq!(read.one("text").unwrap().as_deref(), Some("a b 没"));
    assert_eq!(read.many("tried"), ["x", "y"]);
    assert_eq!(read.group("answer.").unwrap(), BTreeMap::from([("q".into(), "me".into())]));
    assert_eq!(read.required("empty").unwrap(), "");
    assert_eq!(read.one("flag").unwrap().as_deref(), Some(""));
    assert_eq!(read.one("text").unwrap(), None);
    read.finish().unwrap();
}

#[test]
fn a_form_that_can_be_read_in_two_ways_is_refused() {
    assert_eq!(fields("limit=1&limit=2").unwrap().one("limit").unwrap_err().status(), 400);
    assert_eq!(fields("a.x=1&a.x=2").unwrap().group("a.").unwrap_err().status(), 400);
    assert_eq!(fields("a=1").unwrap().finish().unwrap_err().status(), 422);
    assert_eq!(fields("a=1").unwrap().required("b").unwrap_err().status(), 422);
    for broken in ["a=%", "a=%4", "a=%zz", "a=%ff", "a=%00", "%00=a"] {
        assert_eq!(fields(broken).unwrap_err().status(), 400, "{broken}");
    }
    assert_eq!(query(&"/queue?lane=a&lane=b".parse().unwrap()).unwrap().one("lane").unwrap_err().status(), 400);
    assert_eq!(form(&headers("content-type", "multipart/form-data"), b"").unwrap_err().status(), 415);
}

async fn reading(body: Body, limit: usize) -> Result<usize, u16> {
    let request = Request::new(body);
    bytes(request, limit).await.map(|bytes| bytes.len()).map_err(|problem| problem.status())
}

#[tokio::test]
async fn a_body_is_read_to_its_limit_and_no_further() {
    assert_eq!(reading(Body::from(vec![0; 1000]), 1000).await, Ok(1000));
    assert_eq!(reading(Body::from(vec![0; 1001]), 1000).await, Err(413));
    let pieces = |last: usize| Body::new(Pieces(vec![vec![0; last].into(), vec![0; 500].into()]));
    assert_eq!(reading(pieces(500), 1000).await, Ok(1000));
    assert_eq!(reading(pieces(501), 1000).await, Err(413));
}

/// A body that does not tell its length, like a chunked one.
struct Pieces(Vec<Bytes>);

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, axum::Error>>> {
        std::task::Poll::Ready(self.0.pop().map(|piece| Ok(hyper::body::Frame::data(piece))))
    }
}

#[tokio::test]
async fn a_compressed_body_is_not_read() {
    for (encoding, expected) in [("gzip", Err(415)), ("identity, gzip", Err(415)), ("Identity", Ok(2)), ("", Err(415))]
    {
        let mut request = Request::new(Body::from("{}"));
        request.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        let read = bytes(request, 10).await.map(|bytes| bytes.len()).map_err(|problem| problem.status());
        assert_eq!(read, expected, "{encoding}");
    }
}

proptest! {
    #[test]
    fn what_passes_is_what_another_parser_reads(text in r#"[\[\]{}:, "a0\-.e\\u]{0,24}"#) {
        let ours = json::<serde_json::Value>(&headers("content-type", "application/json"), text.as_bytes());
        let other = serde_json::from_str::<serde_json::Value>(&text);
        if ours.is_ok() {
            prop_assert!(other.is_ok());
        }
        if let Err(problem) = ours {
            prop_assert!(matches!(problem.status(), 400 | 422));
        }
    }
}
