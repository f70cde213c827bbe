//! What may not be seen and what is not there answer alike, and as fast (RB-03).

use std::time::Duration;

use super::{HOUSE, Known, somebody};
use crate::support::app::on_both_with;

/// A method, an address with a place for the id, and the fields that are posted.
type Ask<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

const NOWHERE: &str = "0195570e-0000-7000-8000-000000000000";

/// RB-03: a closed case and a random id get the same answer, byte for byte.
#[test]
fn a_closed_case_and_none_answer_alike() {
    on_both_with(HOUSE, async |app| {
        let ann = somebody(&app, "ann", "responder approver").await;
        let cat = somebody(&app, "cat", "responder approver").await;
        let known = Known::report(&app, "otterwing").await;
        ann.closes(&app, &known.incident, &[]).await;
        let note = [("text", "Across.")];
        let why = [("what", "open"), ("reason", "Across.")];
        let asks: [Ask<'_>; 10] = [
            ("GET", "/staff/incidents/{}", &[]),
            ("GET", "/staff/incidents/{}/circle", &[]),
            ("GET", "/staff/incidents/{}/attachments/0123456789ABCDEFGHJKMNPQRSTVWXYZ", &[]),
            ("GET", "/api/v1/incidents/{}", &[]),
            ("GET", "/api/v1/incidents/{}/orders", &[]),
            ("POST", "/staff/incidents/{}/claim", &[]),
            ("POST", "/staff/incidents/{}/note", &note),
            ("POST", "/staff/incidents/{}/circle", &why),
            ("POST", "/api/v1/incidents/{}/note", &note),
            ("POST", "/api/v1/incidents/{}/claim", &[]),
        ];
        for (method, path, fields) in asks {
            let hidden = cat.ask(&app, (method, &path.replace("{}", &known.incident)), fields).await;
            let nothing = cat.ask(&app, (method, &path.replace("{}", NOWHERE)), fields).await;
            assert_eq!(hidden.status, 404, "{path}: {}", hidden.text);
            let same = |text: &str| text.replace(&known.incident, "{}").replace(NOWHERE, "{}");
            assert_eq!(same(&hidden.whole()), same(&nothing.whole()), "{path}");
            assert!(!hidden.text.contains(&known.incident), "{path}");
        }
        let search = async |words: &str| {
            let page = cat.get(&app, &format!("/staff/list?q={words}")).await.text;
            page.replace(words, "{}")
        };
        assert_eq!(search(&known.reference).await, search("HF-0000-0000").await);
        assert_eq!(search(&known.incident).await, search(NOWHERE).await);
        assert_eq!(search(&known.account).await, search("account-of-nobody").await);
    });
}

#[expect(clippy::disallowed_methods, reason = "how long and how strictly to try, only who runs the test knows")]
fn setting(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

/// RB-03: nor does the time tell them apart. Binding to five in a hundred on a quiet machine, `TEST_TIMING=1`.
#[test]
fn a_closed_case_and_none_take_the_same_time() {
    let tries = setting("TEST_TIMING_TRIES").unwrap_or(40);
    let binding = setting("TEST_TIMING") == Some(1);
    on_both_with(HOUSE, async |app| {
        let ann = somebody(&app, "ann", "responder approver").await;
        let cat = somebody(&app, "cat", "responder approver").await;
        let known = Known::report(&app, "otterwing").await;
        ann.closes(&app, &known.incident, &[]).await;
        let (mut hidden, mut nothing) = (Vec::new(), Vec::new());
        for turn in 0..tries * 2 {
            let (id, took) =
                if turn % 2 == 0 { (known.incident.as_str(), &mut hidden) } else { (NOWHERE, &mut nothing) };
            let begun = tokio::time::Instant::now();
            assert_eq!(cat.get(&app, &format!("/api/v1/incidents/{id}")).await.status, 404);
            took.push(begun.elapsed());
        }
        let median = |took: &mut Vec<Duration>| {
            took.sort_unstable();
            took[took.len() / 2].as_secs_f64()
        };
        let (hidden, nothing) = (median(&mut hidden), median(&mut nothing));
        let apart = (hidden / nothing - 1.0).abs();
        let most = if binding { 0.05 } else { 1.0 };
        assert!(apart < most, "medians {hidden} and {nothing} s are {apart} apart");
    });
}
