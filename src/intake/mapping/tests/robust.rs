//! Whatever is sent: no panic, no other outcome for the same bytes, and no good element lost beside a bad one.

use axum::http::HeaderMap;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{every_mapping, mapping_of};
use crate::intake::mapping::Mapping;
use crate::time::Timestamp;

const RECEIVED: Timestamp = Timestamp::from_millis(1_767_225_600_000);

fn hostile() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter("JSON knows no other", |number| number.is_finite()).prop_map(|number| json!(number)),
        "(?s).{0,12}".prop_map(Value::from),
        "0x[0-9a-f]{0,70}".prop_map(Value::from),
        "[-0-9TZ:+. ]{0,30}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[{}], null, 5])),
    ]
}

/// Puts something else at the place that the number leads to.
fn mutate(value: &mut Value, mut way: u64, with: &Value) {
    let mut place = value;
    loop {
        let step = way % 7;
        way /= 7;
        let children = match place {
            Value::Array(items) => items.len(),
            Value::Object(members) => members.len(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
        };
        if children == 0 || way == 0 {
            *place = with.clone();
            return;
        }
        let child = usize::try_from(step).unwrap() % children;
        place = match place {
            Value::Array(items) => &mut items[child],
            Value::Object(members) => members.values_mut().nth(child).unwrap(),
            _ => unreachable!("it has children"),
        };
    }
}

fn sample_bodies() -> Vec<(Mapping, Value)> {
    let of = |mapping: Mapping| {
        mapping
            .samples
            .clone()
            .into_iter()
            .filter_map(move |sample| Some((mapping.clone(), serde_json::from_slice(&sample.body).ok()?)))
    };
    every_mapping().into_iter().flat_map(of).collect()
}

thread_local! {
    static OKTA: Mapping = mapping_of("okta");
    static BODIES: Vec<(Mapping, Value)> = sample_bodies();
}

proptest! {
    #[test]
    fn no_bytes_make_a_mapping_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "[\\[\\]{}:,\"0-9a-zé\\\\]{0,120}") {
        BODIES.with(|bodies| {
            for (mapping, _) in bodies {
                let _ = mapping.apply(&HeaderMap::new(), &bytes, RECEIVED);
                let _ = mapping.apply(&HeaderMap::new(), text.as_bytes(), RECEIVED);
            }
        });
    }

    #[test]
    fn a_changed_sample_is_read_without_a_panic_and_twice_alike(ways in prop::collection::vec((any::<u64>(), hostile()), 1..4), cut in any::<u16>()) {
        BODIES.with(|bodies| {
            for (mapping, body) in bodies {
                let mut body = body.clone();
                for (way, with) in &ways {
                    mutate(&mut body, *way, with);
                }
                let bytes = body.to_string().into_bytes();
                let once = mapping.apply(&HeaderMap::new(), &bytes, RECEIVED);
                prop_assert_eq!(&once, &mapping.apply(&HeaderMap::new(), &bytes, RECEIVED));
                for event in once.iter().flat_map(|batch| &batch.events) {
                    prop_assert!(event.facts.has("kind") && event.facts.has("severity") && event.key.len() == 64);
                }
                let _ = mapping.apply(&HeaderMap::new(), &bytes[..usize::from(cut) % (bytes.len() + 1)], RECEIVED);
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_bad_element_never_loses_the_good_ones(bad in hostile(), place in 0..4_usize) {
        let good = |id: u8| json!({"uuid": id, "eventType": "user.account.lock", "actor": {"id": "made-up"}});
        let mut events = vec![good(1), good(2), good(3)];
        events.insert(place, bad);
        let body = json!({"data": {"events": events}}).to_string();
        let batch = OKTA.with(|okta| okta.apply(&HeaderMap::new(), body.as_bytes(), RECEIVED));
        // A NUL makes the whole body unreadable, wherever it stands.
        if let Ok(batch) = batch {
            let locked = batch.events.iter().filter(|event| event.facts.first("kind") == Some("account.locked"));
            prop_assert_eq!(locked.count(), 3);
        } else {
            prop_assert!(body.contains("\\u0000"));
        }
    }
}
