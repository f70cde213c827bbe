use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::timeout;

use super::house::{SHORT, door, open};
use crate::web::door::Limits;

#[tokio::test]
async fn a_stop_lets_running_requests_end_and_takes_no_more() {
    let house = open(door(Limits::default())).await;
    let (mut idle, mut running, mut stream) = (house.connect().await, house.connect().await, house.connect().await);
    idle.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    idle.until("hello").await;
    running.say("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n").await;
    stream.say("GET /events HTTP/1.1\r\nHost: a\r\n\r\n").await;
    stream.until("first").await;

    house.stop.cancel();
    assert_eq!(idle.rest().await, "");
    assert!(stream.rest().await.ends_with("0\r\n\r\n"));
    house.go.notify_one();
    assert!(running.rest().await.ends_with("waited"));
    drop((idle, running, stream));
    timeout(Duration::from_secs(5), house.served).await.expect("the door did not stop").unwrap();
    assert!(TcpStream::connect(house.address).await.is_err());
}

#[tokio::test]
async fn a_stop_does_not_wait_for_ever() {
    let house = open(door(Limits { stop: SHORT, ..Limits::default() })).await;
    let mut running = house.connect().await;
    running.say("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let mut after = house.connect().await;
    after.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    after.until("hello").await;
    house.stop.cancel();
    timeout(Duration::from_secs(5), house.served).await.expect("the door did not stop").unwrap();
    assert_eq!(running.rest().await, "");
}
