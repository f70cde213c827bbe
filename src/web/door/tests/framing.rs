use super::house::{behind_loopback, door, open, status};
use crate::web::door::Limits;

/// IN-04. Each would be read in two ways by two parties, so it is refused and the connection closed.
const AMBIGUOUS: &[&str] = &[
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nbody",
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nbody",
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4, 4\r\n\r\nbody",
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: +4\r\n\r\nbody",
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -4\r\n\r\nbody",
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0x4\r\n\r\nbody",
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nbody",
    "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n",
    "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "GET / HTTP/1.1\nHost: a\n\n",
    "GET / HTTP/1.1\r\nHost: a\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n folded\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\tfolded\r\n\r\n",
    "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost\t: a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
    "GET /\tHTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
    "GET /\r\nHost: a\r\n\r\n",
    "G@T / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /\u{1} HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /#/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\u{16}\u{3}\u{1}\r\n\r\n",
];

#[tokio::test]
async fn what_can_be_read_in_two_ways_is_refused_and_closed() {
    let house = open(door(Limits::default())).await;
    for bytes in AMBIGUOUS {
        // What follows must not be taken for another request.
        let answer = house.say(format!("{bytes}GET /client HTTP/1.1\r\nHost: a\r\n\r\n")).await;
        assert_eq!(status(&answer), 400, "{bytes:?}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{bytes:?}: {answer}");
        assert!(answer.contains("connection: close\r\n"), "{bytes:?}: {answer}");
    }
}

#[tokio::test]
async fn a_refused_head_behind_a_good_one_is_still_refused() {
    let house = open(door(Limits::default())).await;
    for bytes in AMBIGUOUS {
        let good = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\ngood";
        let answer = house.say(format!("{good}{bytes}")).await;
        assert_eq!(answer.matches("HTTP/1.1 200 ").count(), 1, "{bytes:?}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1 400 ").count(), 1, "{bytes:?}: {answer}");
    }
}

#[tokio::test]
async fn good_requests_follow_each_other_on_one_connection() {
    let house = open(door(Limits::default())).await;
    let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    let post = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\n{body}\n";
    let last = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let all = format!("{get}{post}\r\n{get}{post}{last}");
    let together = house.say(&all).await;
    assert_eq!(together.matches("HTTP/1.1 200 ").count(), 5, "{together}");
    assert_eq!(together.matches("{body}\n").count(), 2, "{together}");

    let mut line = house.connect().await;
    for byte in all.as_bytes() {
        line.say([*byte]).await;
    }
    assert_eq!(line.rest().await.matches("HTTP/1.1 200 ").count(), 5);
}

#[tokio::test]
async fn a_chunked_body_is_read_and_nothing_after_it() {
    let house = open(door(Limits::default())).await;
    let chunked =
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    let answer = house.say(format!("{chunked}GET / HTTP/1.1\r\nHost: a\r\n\r\n")).await;
    assert!(answer.ends_with("abcde"), "{answer}");
    assert!(answer.contains("connection: close\r\n"), "{answer}");
}

#[tokio::test]
async fn a_client_may_wait_to_be_asked_for_its_body() {
    let house = open(door(Limits::default())).await;
    let mut line = house.connect().await;
    line.say("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n").await;
    line.until("HTTP/1.1 100 Continue\r\n\r\n").await;
    line.say("body").await;
    line.until("\r\n\r\nbody").await;
}

#[tokio::test]
async fn an_upload_over_the_limit_still_hears_why() {
    let house = open(door(Limits::default())).await;
    let head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 600000\r\n\r\n";
    assert_eq!(house.status(format!("{head}{}", "x".repeat(600_000))).await, 413);
    let chunked = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunk = format!("400\r\n{}\r\n", "x".repeat(1024));
    assert_eq!(house.status(format!("{chunked}{}0\r\n\r\n", chunk.repeat(65))).await, 413);
    assert_eq!(house.status(format!("{chunked}{}0\r\n\r\n", chunk.repeat(64))).await, 200);
    let unheard = "POST /deaf HTTP/1.1\r\nHost: a\r\nContent-Length: 600000\r\n\r\n";
    assert_eq!(house.status(format!("{unheard}{}", "x".repeat(600_000))).await, 200);
}

#[tokio::test]
async fn a_client_that_shuts_its_side_after_asking_is_answered() {
    use tokio::io::AsyncWriteExt;
    let house = open(door(Limits::default())).await;
    let mut line = house.connect().await;
    line.say("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n").await;
    line.0.shutdown().await.unwrap();
    house.go.notify_one();
    assert!(line.rest().await.ends_with("waited"));
}

#[tokio::test]
async fn heads_are_taken_up_to_their_limits() {
    let house = open(door(Limits::default())).await;
    let lines = |count: usize| {
        let lines = "X: y\r\n".repeat(count - 2);
        format!("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{lines}\r\n")
    };
    assert_eq!(house.status(lines(64)).await, 200);
    assert_eq!(house.status(lines(65)).await, 431);
    let sized = |bytes: usize| {
        let rest = bytes - "Host: a\r\nConnection: close\r\nX: \r\n\r\n".len();
        format!("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: {}\r\n\r\n", "y".repeat(rest))
    };
    assert_eq!(house.status(sized(16 * 1024)).await, 200);
    assert_eq!(house.status(sized(16 * 1024 + 1)).await, 431);
    assert_eq!(house.status(sized(200 * 1024)).await, 431);
    let long =
        |bytes: usize| format!("GET /?{} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "y".repeat(bytes - 2));
    assert_eq!(house.status(long(4 * 1024)).await, 200);
    assert_eq!(house.status(long(4 * 1024 + 1)).await, 414);
    assert_eq!(house.status(long(200 * 1024)).await, 414);
}

#[tokio::test]
async fn methods_that_nothing_answers_are_refused_with_those_that_work() {
    let house = open(door(Limits::default())).await;
    for line in ["TRACE / HTTP/1.1", "CONNECT a:443 HTTP/1.1", "BREW / HTTP/1.1", "OPTIONS / HTTP/1.1"] {
        let answer = house.say(format!("{line}\r\nHost: a\r\nOrigin: https://b\r\nConnection: close\r\n\r\n")).await;
        assert_eq!(status(&answer), 405, "{line}");
        assert!(answer.contains("\r\nallow: GET"), "{answer}");
        assert!(!answer.contains("access-control"), "{answer}");
    }
}

#[tokio::test]
async fn one_prefix_holds_no_more_than_its_connections() {
    let house = open(door(Limits::default())).await;
    let mut held = Vec::new();
    for _ in 0..128 {
        held.push(house.connect().await);
    }
    let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    assert_eq!(house.say(get).await, "");
    let mut last = held.pop().unwrap();
    last.say(get).await;
    last.until("hello").await;
}

#[tokio::test]
async fn a_configured_proxy_may_hold_more_and_names_its_clients() {
    let limits = Limits { connections_each: 1, ..Limits::default() };
    let house = open(behind_loopback(door(limits))).await;
    let _held = house.connect().await;
    let answer = house
        .say("GET /client HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 9.9.9.9, 192.0.2.1\r\nConnection: close\r\n\r\n")
        .await;
    assert!(answer.ends_with("\r\n\r\n192.0.2.1"), "{answer}");
}
