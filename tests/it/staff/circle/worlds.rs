//! Two teams with data of one shape: nothing of the one is ever seen, counted or changed by the other.

use std::time::Duration;

use holdfast::access::Scopes;
use serde_json::Value;

use super::filled::BUSY;
use super::{Came, Known, Somebody, put_back, somebody};
use crate::support::app::{App, on_both_with};
use crate::support::rows::audit;

const TABLE: &str = include_str!("../../people/routes.tsv");

/// The bodies with which a deed would be done, if it were one's own case.
fn fields<'a>((route, deed): (&str, &str), theirs: &'a Known) -> Vec<(&'a str, &'a str)> {
    let (id, of) = (theirs.incident.as_str(), theirs.reference.as_str());
    let why = ("reason", "Across the line.");
    let none = "0195570e-0000-7000-8000-000000000000";
    let (order, request) = (theirs.parts.order.as_str(), theirs.parts.request.as_str());
    let deed = if deed == "-" { route.rsplit('/').next().unwrap_or_default() } else { deed };
    match (route, deed) {
        (_, "bulk") => vec![("what", "note"), ("text", "Across."), ("case", id)],
        (_, "tier") => vec![("incident", id), ("tier", "first"), why],
        (_, "undo") => vec![("undo", none)],
        (_, "draft") => vec![("field", "note"), ("text", "Across.")],
        (_, "correct") => vec![("what", "rule"), ("version", "1"), ("level", "5"), why],
        (_, "reveal") => vec![("field", "account"), why],
        (_, "circle") => vec![("what", "open"), why],
        (_, "renew" | "release") => vec![("fence", "1")],
        (_, "note" | "message") => vec![("text", "Across.")],
        (_, "step") => vec![("step", "call"), ("state", "done"), ("version", "1")],
        (_, "escalate") => vec![("version", "1"), ("level", "1"), why],
        (_, "verdict") => vec![("version", "1"), ("verdict", "confirmed"), why],
        (_, "reopen") => vec![("version", "1"), why],
        (route, "decide") if route.starts_with("/api") => vec![("request", request), ("grant", "true"), why],
        (_, "decide") => vec![("request", request), ("grant", "yes"), why],
        ("/staff/incidents/{id}/orders", "preview") => vec![("deed", "preview"), ("action", "end-sessions")],
        ("/staff/incidents/{id}/orders", "ask") => vec![("deed", "ask"), ("action", "end-sessions"), why],
        ("/staff/incidents/{id}/orders", "approve") => vec![("deed", "approve"), ("order", order), ("digest", "a0")],
        ("/staff/incidents/{id}/orders", "review") => vec![("deed", "review"), ("order", order)],
        ("/staff/incidents/{id}/orders", "withdraw") => vec![("deed", "withdraw"), ("order", order), why],
        ("/staff/incidents/{id}/orders", "reverse") => vec![("deed", "reverse"), ("order", order), why],
        ("/staff/alarms", _) => vec![("alarm", theirs.parts.alarm.as_str())],
        (_, "preview") => vec![("action", "end-sessions")],
        (_, "orders") => vec![("action", "end-sessions"), why],
        (_, "approve") => vec![("digest", "a0")],
        (_, "withdraw" | "reverse") => vec![why],
        (_, "review") => vec![("looked", "true")],
        (_, "attach") => vec![("account", of)],
        _ => Vec::new(),
    }
}

/// A route and deed of the table, with another team's case in every place that can name one.
async fn across(app: &App, who: &Somebody, (line, theirs): (&str, &Known)) -> Came {
    let cells: Vec<&str> = line.split('\t').collect();
    let (method, route, deed) = (cells[0], cells[1], cells[2]);
    let id = if route.starts_with("/api/v1/alarms") { &theirs.parts.alarm } else { &theirs.incident };
    let places = [
        ("{id}", id.as_str()),
        ("{action}", deed),
        ("{change}", deed),
        ("{endpoint}", "events"),
        ("{shelf}", "copies"),
        ("{order}", theirs.parts.order.as_str()),
        ("{list}", "addresses"),
        ("{attachment}", theirs.parts.attachment.as_str()),
    ];
    let path = places.into_iter().fold(route.to_owned(), |path, (place, value)| path.replace(place, value));
    who.ask(app, (method, &path), &fields((route, deed), theirs)).await
}

fn lines() -> impl Iterator<Item = &'static str> {
    // The event stream does not end by itself, and ending one's sessions would end the story; people are no cases.
    let apart = ["/staff/events", "/staff/me", "/staff/people"];
    TABLE.lines().filter(move |line| !line.starts_with('#') && !apart.iter().any(|path| line.contains(path)))
}

/// The first thing that the event stream says.
async fn first_event(app: &App, who: &Somebody, since: &str) -> String {
    let request = app.visitor().get(app.url(&format!("/staff/events?since={since}"))).header("cookie", &who.session);
    let mut response = request.send().await.unwrap();
    let chunk = tokio::time::timeout(Duration::from_secs(20), response.chunk()).await.unwrap().unwrap();
    String::from_utf8(chunk.unwrap_or_default().to_vec()).unwrap()
}

/// RB-02, RB-12: every route called across the line, with the other team's ids; nothing comes back and nothing changes.
#[test]
fn nothing_of_one_team_comes_to_the_other_and_nothing_changes_there() {
    on_both_with(BUSY, async |app| {
        let ann = somebody(&app, "ann", "responder approver").await;
        let abe = somebody(&app, "abe", "responder approver").await;
        let bea = somebody(&app, "bea", "responder approver").await;
        let bob = somebody(&app, "bob", "responder approver").await;
        let (mut ours, mut theirs) = (Known::report(&app, "otterwing").await, Known::report(&app, "heronfoot").await);
        ann.closes(&app, &ours.incident, &[&abe]).await;
        bea.closes(&app, &theirs.incident, &[&bob]).await;
        ours.fill(&app, &abe).await;
        theirs.fill(&app, &bob).await;
        // Each team sees its own, so that silence means something.
        for (who, known, other) in [(&abe, &ours, &theirs), (&bob, &theirs, &ours)] {
            let page = who.get(&app, &format!("/staff/incidents/{}", known.incident)).await;
            assert!(page.status == 200 && known.is_in(&page.text) && !other.is_in(&page.text));
            let list = who.get(&app, "/staff/list").await.text;
            assert!(list.contains(&known.incident) && !other.is_in(&list));
            let queue = who.get(&app, "/api/v1/queue").await.text;
            assert_eq!(queue.matches("\"kind\"").count(), 1, "{queue}");
        }
        let trail = async || {
            let object = format!("incident:{}", theirs.incident);
            // What was refused stands in the trail by the name that was tried, whatever there is behind it.
            let done = |line: &String| line.contains(&object) && !line.contains(" refused ");
            let mut lines = audit(&app).await;
            lines.retain(|line| done(line) && !line.starts_with("system "));
            lines
        };
        let (before, mut asked) = (trail().await, 0);
        for line in lines() {
            let ann = somebody(&app, "ann", "responder approver").await;
            let mut came = across(&app, &ann, (line, &theirs)).await;
            // A form leads back to the address it was sent to.
            if line.contains("{id}") {
                came.leads = came.leads.replace(&theirs.incident, "");
            }
            assert!(!theirs.is_in(&came.whole()), "{line}\n{}", came.whole());
            asked += 1;
        }
        assert!(asked > 80, "{asked}");
        // Nor does a case of one's own open what hangs from another's.
        let (page, api) =
            (format!("/staff/incidents/{}", ours.incident), format!("/api/v1/incidents/{}", ours.incident));
        let (order, file, why) = (&theirs.parts.order, &theirs.parts.attachment, ("reason", "Across."));
        for (method, path, fields) in [
            ("GET", format!("{page}/attachments/{file}"), vec![]),
            ("GET", format!("{api}/attachments/{file}"), vec![]),
            ("POST", format!("{api}/orders/{order}/approve"), vec![("digest", "a0")]),
            ("POST", format!("{api}/orders/{order}/withdraw"), vec![why]),
            ("POST", format!("{api}/orders/{order}/reverse"), vec![why]),
            ("POST", format!("{api}/orders/{order}/review"), vec![("looked", "true")]),
        ] {
            let came = ann.ask(&app, (method, &path), &fields).await;
            assert!(came.status == 404 && !theirs.is_in(&came.whole()), "{path}: {}", came.whole());
        }
        for words in [&theirs.incident, &theirs.reference, &theirs.account, &format!("{}.example", theirs.mark)] {
            let found = ann.get(&app, &format!("/staff/list?q={words}")).await.text;
            assert!(!found.contains(&format!("/staff/incidents/{}", theirs.incident)), "{words}");
        }
        put_back(&app).await;
        let seen = ann.get(&app, &format!("/api/v1/incidents/{}", ours.incident)).await.text;
        let version = serde_json::from_str::<serde_json::Value>(&seen).unwrap()["version"].to_string();
        let (why, into) = (("reason", "Across."), ("into", theirs.reference.as_str()));
        let merge = [("what", "merge"), ("version", version.as_str()), why, into];
        let merged = ann.post(&app, &format!("/staff/incidents/{}/correct", ours.incident), &merge).await;
        assert!(!theirs.is_in(&merged.whole()) && merged.leads.ends_with("notice=no-case"), "{}", merged.whole());
        assert_eq!(trail().await, before, "nothing was done to it");
    });
}

/// RB-12: what an outsider's pages say does not change by a byte when closed cases come, counts and streams included.
#[test]
fn an_outsider_counts_nothing() {
    on_both_with(BUSY, async |app| {
        let cat = somebody(&app, "cat", "responder approver auditor").await;
        let ann = somebody(&app, "ann", "responder approver").await;
        let paths = [
            "/staff",
            "/staff?lane=security",
            "/staff/list",
            "/staff/list?state=closed",
            "/staff/list?q=drained",
            "/staff/alarms",
            "/staff/feedback",
            "/api/v1/queue",
            "/api/v1/unattributed",
            "/api/v1/alarms",
            "/api/v1/shift/alarms",
            "/api/v1/feedback/inbox",
            "/api/v1/orders/review",
            "/api/v1/stats",
            "/api/v1/numbers",
            "/api/v1/numbers/csv?table=turnover",
            "/staff/numbers",
            "/staff/numbers/csv?table=people",
            "/staff/numbers/csv?table=satisfaction",
        ];
        let look = async || {
            let mut all = Vec::new();
            for path in paths {
                all.push((path, cat.get(&app, path).await));
            }
            all
        };
        let empty = look().await;
        let token = app.token_of("program", Scopes::all()).await;
        let (mut known, ended) = (Known::report(&app, "otterwing").await, Known::report(&app, "heronfoot").await);
        ended.end(&app, &ann).await;
        for closed in [&known, &ended] {
            ann.closes(&app, &closed.incident, &[]).await;
        }
        known.fill(&app, &ann).await;
        let after = look().await;
        for (before, after) in empty.iter().zip(&after) {
            assert_eq!(before, after);
        }
        // Its people count all of it, so that there was something to be told.
        let numbers: Value = serde_json::from_str(&ann.get(&app, "/api/v1/numbers").await.text).unwrap();
        for name in ["steps", "turnover", "times", "targets", "kinds", "causes", "verdicts", "satisfaction", "sources"]
        {
            let own = numbers["tables"][name].to_string();
            assert!(!empty.iter().any(|(_, page)| page.text.contains(&own)), "{name}: {own}");
        }
        assert!(numbers["tables"]["people"].to_string().contains(&ann.key), "{numbers}");
        let stats = ann.get(&app, "/api/v1/stats").await.text;
        assert!(stats.contains("\"rated\":2"), "{stats}");
        let first = "0".repeat(8) + "-0000-7000-8000-000000000000";
        assert_eq!(first_event(&app, &cat, &first).await, ": still here\n\n");
        assert!(first_event(&app, &ann, &first).await.contains("\"waiting\":1"));
        // Programs see no closed case, whatever their scopes.
        let asked = async |path: &str| {
            let response = app.visitor().get(app.url(path)).bearer_auth(&token).send().await.unwrap();
            (response.status().as_u16(), response.text().await.unwrap())
        };
        assert_eq!(asked("/api/v1/queue").await, (200, "{\"rows\":[]}".to_owned()));
        assert_eq!(asked(&format!("/api/v1/incidents/{}", known.incident)).await.0, 404);
        // The next case is not this one, for anybody but its people.
        assert_eq!(cat.post(&app, "/staff/claim", &[]).await.leads, "/staff?notice=empty");
        assert_eq!(ann.post(&app, "/staff/claim", &[]).await.leads, format!("/staff/incidents/{}", known.incident));
        // What is in somebody's hands is counted for its people alone.
        let shift = "/api/v1/shift";
        assert!(!cat.get(&app, shift).await.text.contains("\"in_hand\":1"));
        assert!(ann.get(&app, shift).await.text.contains("\"in_hand\":1"));
    });
}
