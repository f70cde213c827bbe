use super::house::{SHORT, door, open, status};
use crate::web::door::Limits;
use std::time::Duration;

#[test]
fn the_limits_are_those_of_the_requirement() {
    let limits = Limits::default();
    let seconds = [limits.first_byte, limits.headers, limits.body, limits.body_grace, limits.handler, limits.idle];
    assert_eq!(seconds.map(|limit| limit.as_secs()), [5, 5, 15, 2, 10, 30]);
    assert_eq!((limits.connections, limits.connections_each), (4096, 128));
    assert_eq!((limits.header_bytes, limits.header_lines, limits.target_bytes), (16384, 64, 4096));
    assert_eq!(limits.body_floor, 1024);
}

#[tokio::test]
async fn a_silent_connection_is_closed_without_a_word() {
    let house = open(door(Limits { first_byte: SHORT, ..Limits::default() })).await;
    assert_eq!(house.say("").await, "");
}

#[tokio::test]
async fn a_head_that_does_not_end_is_told_and_closed() {
    let house = open(door(Limits { headers: SHORT, ..Limits::default() })).await;
    assert_eq!(house.status("GET / HTTP/1.1\r\nHost: a\r\n").await, 408);
    let mut line = house.connect().await;
    for byte in b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: yes\r\n" {
        line.say([*byte]).await;
    }
    assert_eq!(status(&line.rest().await), 408);
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let house = open(door(Limits { idle: SHORT, ..Limits::default() })).await;
    let mut line = house.connect().await;
    line.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    line.until("hello").await;
    assert_eq!(line.rest().await, "");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_told_and_closed() {
    let head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nfirst";
    let whole = open(door(Limits { body: SHORT, ..Limits::default() })).await;
    assert_eq!(whole.status(head).await, 408);
    let pace = open(door(Limits { body_grace: SHORT, ..Limits::default() })).await;
    assert_eq!(pace.status(head).await, 408);
    let chunked = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n";
    assert_eq!(pace.status(chunked).await, 408);
}

#[tokio::test]
async fn a_body_that_carries_a_file_has_a_minute_and_the_same_pace() {
    assert_eq!((Limits::default().file_body, Limits::default().body_floor), (Duration::from_mins(1), 1024));
    let head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\nfirst";
    let whole = open(door(Limits { file_body: SHORT, ..Limits::default() })).await;
    assert_eq!(whole.status(head).await, 408);
    let pace = open(door(Limits { body_grace: SHORT, ..Limits::default() })).await;
    assert_eq!(pace.status(head).await, 408);
    let others = open(door(Limits { body: SHORT, ..Limits::default() })).await;
    let mut line = others.connect().await;
    line.say(head).await;
    let answered = tokio::time::timeout(SHORT * 2, line.until("HTTP/1.1 408")).await;
    assert!(answered.is_err(), "it was held to the time of an ordinary body");
}

#[tokio::test]
async fn a_handler_that_does_not_answer_is_answered_for() {
    let house = open(door(Limits { handler: SHORT, ..Limits::default() })).await;
    assert_eq!(house.status("GET /never HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await, 503);
}

#[tokio::test]
async fn an_ordinary_answer_that_stalls_is_broken_off_and_an_event_stream_is_not() {
    let house = open(door(Limits { handler: SHORT, ..Limits::default() })).await;
    let mut events = house.connect().await;
    events.say("GET /events HTTP/1.1\r\nHost: a\r\n\r\n").await;
    events.until("first").await;
    let stuck = house.say("GET /stuck HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(stuck.contains("first") && !stuck.ends_with("0\r\n\r\n"), "{stuck}");
    let longer = tokio::time::timeout(SHORT * 2, events.until("\r\n0\r\n\r\n")).await;
    assert!(longer.is_err(), "the event stream ended");
}

#[tokio::test]
async fn a_client_that_does_not_read_its_answer_is_dropped() {
    let house = open(door(Limits { write: SHORT, ..Limits::default() })).await;
    let mut line = house.connect().await;
    line.say("GET /big HTTP/1.1\r\nHost: a\r\n\r\n").await;
    line.until("HTTP/1.1 200").await;
    house.stop.cancel();
    // Nothing more is read: the door can only be done because it gave up on the answer.
    tokio::time::timeout(Duration::from_secs(5), house.served).await.expect("the door still waits").unwrap();
    assert!(line.rest().await.len() < 32 * 1024 * 1024);
}

#[tokio::test]
async fn a_client_that_reads_gets_a_big_answer_whole() {
    let house = open(door(Limits::default())).await;
    let answer = house.say("GET /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    assert!(answer.len() > 32 * 1024 * 1024);
}
