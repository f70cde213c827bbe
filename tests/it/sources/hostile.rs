//! Variants of every published payload that a forger, a broken network or a hostile customer of the sender could send:
//! refused or acknowledged as the rules say, never a panic and never a fault of ours.

use std::collections::BTreeMap;

use reqwest::StatusCode;
use serde_json::Value;

use super::sender::Parcel;
use super::table::EXPECTED;
use super::{connect, folder, parcel, request};
use crate::support::app::{Plan, on_sqlite_with};

/// Sources that sign a time.
const TIMED: [&str; 12] = [
    "aws-sns",
    "grafana",
    "mailgun",
    "openzeppelin-defender",
    "openzeppelin-monitor",
    "quicknode",
    "sendgrid",
    "slack",
    "standard-webhooks",
    "stripe",
    "svix",
    "tenderly",
];

type Variant = (&'static str, Parcel);

fn variants(sound: &Parcel) -> Vec<Variant> {
    let with = |body: Vec<u8>| Parcel { body, ..sound.clone() };
    let text = String::from_utf8(sound.body.clone()).unwrap();
    let mut half = sound.body.clone();
    half.truncate(half.len() / 2);
    let mut all = vec![
        ("forged", Parcel { forged: true, ..sound.clone() }),
        ("truncated", with(half)),
        ("oversized", Parcel { swollen: true, ..sound.clone() }),
    ];
    if TIMED.contains(&sound.source.as_str()) && sound.endpoint != "inbound" {
        all.push(("stale", Parcel { seconds: sound.seconds - 4_000, ..sound.clone() }));
        all.push(("ahead", Parcel { seconds: sound.seconds + 4_000, ..sound.clone() }));
    }
    if sound.content_type.is_none() {
        let deep = format!("{{\"deep\":{}{text}{}}}", "[".repeat(40), "]".repeat(40));
        all.push(("nested", with(deep.into_bytes())));
        all.push(("repeated member", with(format!("{{\"twice\":1,\"twice\":2,\"rest\":{text}}}").into_bytes())));
    }
    all
}

#[test]
#[expect(clippy::print_stdout, reason = "how many variants there were is what the story is for")]
fn spoiled_variants_of_every_payload_are_refused_or_acknowledged_and_break_nothing() {
    let Some(folder) = folder() else { return };
    on_sqlite_with(Plan { settings: connect, ..Plan::default() }, async |app| {
        let mut counts: BTreeMap<(&str, u16), usize> = BTreeMap::new();
        for (number, (file, ..)) in EXPECTED.into_iter().enumerate() {
            let sound = parcel(&app, &folder, (number, file));
            // Where the proof stands in the body or is made of it, a spoiled body proves nothing.
            let proof_in_body = ["aws-sns", "mailgun", "openzeppelin-defender"].contains(&sound.source.as_str());
            for (place, (variant, parcel)) in variants(&sound).into_iter().enumerate() {
                let parcel = Parcel { number: parcel.number + 1_000 * (place + 1), ..parcel };
                let response = request(&app, &folder, (&parcel, file)).send().await.unwrap();
                let status = response.status();
                *counts.entry((variant, status.as_u16())).or_default() += 1;
                let right = match variant {
                    "forged" | "stale" | "ahead" => status == StatusCode::UNAUTHORIZED,
                    "oversized" => status == StatusCode::PAYLOAD_TOO_LARGE,
                    "nested" => {
                        status == StatusCode::PAYLOAD_TOO_LARGE || proof_in_body && status == StatusCode::UNAUTHORIZED
                    }
                    _ => status.is_success() || proof_in_body && status == StatusCode::UNAUTHORIZED,
                };
                assert!(right, "{file} {variant}: {status}");
                if variant == "repeated member" && !proof_in_body {
                    let answer: Value = response.json().await.unwrap();
                    assert_eq!((&answer["accepted"], &answer["unmapped"]), (&0.into(), &1.into()), "{file}");
                }
            }
        }
        for ((variant, status), count) in &counts {
            println!("{variant}: {count} answered with {status}");
        }
        println!("{} variants", counts.values().sum::<usize>());
        assert!(counts.keys().all(|(_, status)| *status < 500));
    });
}
