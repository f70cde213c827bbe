//! A report that was taken down by phone, and closed to others afterwards: whoever took it down learns nothing more.

use holdfast::store::cases;
use serde_json::{Value, json};

use super::{HOUSE, somebody};
use crate::support::app::on_both_with;
use crate::support::case::Holder;

const FORM: [(&str, &str); 3] = [
    ("text", "someone drained my wallet, the site was otterwing.example"),
    ("tongue", "en"),
    ("key", "0123456789abcdef0123456789abcdef"),
];

/// RB-12: the same form again opens no keys, and the list says who knows them until there is a new link.
#[test]
fn whoever_took_a_report_down_is_shown_no_keys_once_it_is_closed_to_others() {
    on_both_with(HOUSE, async |app| {
        let cat = somebody(&app, "cat", "responder").await;
        let boss = somebody(&app, "boss", "responder approver").await;
        let taken = cat.post(&app, "/staff/new", &FORM).await;
        assert_eq!(taken.status, 201, "{}", taken.text);
        let piece = |from: &str, until: &str| {
            let rest = taken.text.split_once(from).unwrap().1;
            format!("{from}{}", rest.split_once(until).unwrap().0)
        };
        let (reference, link) = (piece("HF-", "<"), piece("http://", "<"));
        let code = taken.text.rsplit_once(&link).unwrap().0.rsplit("<code>").nth(1).unwrap();
        let code = code.split('<').next().unwrap().to_owned();
        let incident = app.house.respond.named(&reference).await.unwrap().unwrap().to_string();
        assert_eq!(cat.post(&app, "/staff/new", &FORM).await.status, 201, "twice sent is one case");

        boss.closes(&app, &incident, &[]).await;
        let again = cat.post(&app, "/staff/new", &FORM).await;
        assert_eq!(again.status, 409, "{}", again.text);
        for key in [&reference, &link, &code, &incident] {
            assert!(!again.text.contains(key.as_str()), "{key}: {}", again.text);
        }
        let circle = format!("/staff/incidents/{incident}/circle");
        let warned = boss.get(&app, &circle).await.text;
        assert!(warned.contains("took the report down") && warned.contains("Name of cat"), "{warned}");
        let member = |what: &'static str| [("what", what), ("member", cat.key.as_str())];
        assert_eq!(boss.post(&app, &circle, &member("add")).await.leads, circle);
        assert!(!boss.get(&app, &circle).await.text.contains("took the report down"), "it is theirs to know");
        assert_eq!(boss.post(&app, &circle, &member("remove")).await.leads, circle);
        assert!(boss.get(&app, &circle).await.text.contains("took the report down"));

        let holder = Holder { reference, token: link.rsplit('/').next().unwrap().to_owned(), code };
        holder.does(&app, "/requests", &json!({"what": "new-link"})).await;
        let seen = boss.get(&app, &format!("/api/v1/incidents/{incident}")).await.text;
        let seen: Value = serde_json::from_str(&seen).unwrap();
        let request = seen["requests"][0]["id"].as_str().unwrap();
        let grant = [("request", request), ("grant", "yes"), ("reason", "Called back.")];
        let granted = boss.post(&app, &format!("/staff/incidents/{incident}/decide"), &grant).await;
        assert_eq!(granted.status, 303, "{}", granted.text);
        assert!(boss.get(&app, &circle).await.text.contains("took the report down"), "the old one still opens");
        let respond = &app.house.respond;
        let case =
            cases::by_reference(&mut respond.db.read().await.unwrap(), &holder.reference).await.unwrap().unwrap();
        assert!(respond.take_new_link(case.id).await.unwrap().is_some());
        assert!(!boss.get(&app, &circle).await.text.contains("took the report down"));
    });
}
