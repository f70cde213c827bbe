//! `holdfast consume`: the streams without the doors, and never a second writer beside an embedded database.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::server::{nats, settled, until};
use super::{Eye, alert, engines, fed, runtime};
use crate::support::db;
use crate::support::process::Installation;

#[test]
fn consume_takes_in_without_serving_and_ends_in_order() {
    for (database, schema) in engines() {
        let Some(nats) = nats("") else { return };
        let house = Installation::new(&database, "info,sqlx=warn");
        runtime().block_on(async {
            let (publisher, stream) = nats.stream().await;
            house.append(&fed(&nats, nats.port));
            let mut child = house.command(&["consume"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let mut line = String::new();
            BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
            assert_eq!(line.trim(), "{\"ready\":true,\"streams\":[\"chain-alerts\"]}");
            for number in 0..50 {
                let sent = publisher.publish("alerts.chain.tron", alert(&format!("account-{number}")).into()).await;
                sent.unwrap().await.unwrap();
            }
            assert!(until(async || settled(&stream).await).await);
            let process = rustix::process::Pid::from_child(&child);
            rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
            assert!(child.wait().unwrap().success());

            let running = house.start();
            let eye = Eye::new(&house, &running);
            assert_eq!((eye.incidents().await.len(), &eye.came().await["duplicates"]), (50, &0.into()));
            drop(running);
            if let Some((address, schema)) = schema {
                db::drop_schema(&address, &schema).await;
            }
        });
    }
}

#[test]
fn beside_a_serving_house_consume_refuses_an_embedded_database_in_a_plain_sentence() {
    let Some(nats) = nats("") else { return };
    let house = Installation::new("", "info,sqlx=warn");
    let nothing = house.command(&["consume"]).output().unwrap();
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("nothing to consume"));
    house.append(&(fed(&nats, nats.port) + "apart = true\n"));
    let running = house.start();
    let refused = house.command(&["consume"]).output().unwrap();
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && told.contains("consumes the streams itself"), "{told}");
    drop(running);
}
