//! An open case keeps the steps it was given; a later version only adds, and marks what it adds.

use holdfast::playbook::Files;
use holdfast::respond::versions::Advice;
use serde_json::{Value, json};

use super::{incident, on_both, publish, rescore, roll_back, watch, with};
use crate::support::browser::Browser;
use crate::support::case::Holder;

const PENDING: &str = "my transfer is still pending, how long does a transfer take";

/// The playbook of pending transfers with its first step worded otherwise, its last of the first five minutes gone, and
/// two more: one for the person, one for staff.
fn reworded() -> Files {
    with("routine-tx-pending.yaml", |yaml| {
        let added = "steps:\n  - { id: breathe-out, for: person, moment: now, do: { en: Breathe out, zh: 先别急 }, why: { en: Nothing is lost, zh: 没有损失 } }\n";
        let yaml = yaml.replacen("steps:\n", added, 1).replace("Look at the waiting transfer: did you", "Did you");
        let staff = "  - { id: read-the-chain, for: staff, moment: now, do: { en: Read the chain, zh: 查链上 }, why: { en: It knows, zh: 链上有 } }\n";
        let at = yaml.find("\nnever:").unwrap() + 1;
        format!("{}{staff}{}", &yaml[..at], &yaml[at..])
    })
}

fn steps(seen: &Value) -> Vec<(&str, bool)> {
    let steps = seen.as_array().unwrap().iter();
    steps.map(|step| (step["id"].as_str().unwrap(), step["new"] == true)).collect()
}

fn named<'a>(seen: &'a Value, id: &str) -> &'a Value {
    seen.as_array().unwrap().iter().find(|step| step["id"] == id).unwrap()
}

#[test]
fn given_steps_stay_as_they_were_and_a_new_one_is_marked() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        let holder = Holder::of(&app.report(PENDING).await);
        let before = holder.does(&app, "/steps/is-it-yours", &json!({"state": "done"})).await;
        assert_eq!(before["incident"]["kind"], "routine-tx-pending");
        let given = before["guidance"]["steps"].clone();
        assert!(steps(&given).iter().all(|(_, new)| !new));

        publish(&app, &mut watch, &reworded()).await;
        assert_eq!(holder.case(&app).await["guidance"]["steps"], given, "until it is judged again");
        rescore(&app).await;
        let after = holder.case(&app).await;
        let seen = &after["guidance"]["steps"];
        assert_eq!(named(seen, "is-it-yours"), named(&given, "is-it-yours"), "the words given, and still ticked");
        assert_eq!(named(seen, "breathe-out")["new"], true);
        let kept: Vec<&Value> = seen.as_array().unwrap().iter().filter(|step| step["new"] != true).collect();
        assert_eq!(kept, given.as_array().unwrap().iter().collect::<Vec<_>>());

        let id = app.queue().await[0]["id"].clone();
        let detail = incident(&app, &id).await;
        assert_eq!(named(&detail["steps"], "read-the-chain")["new"], true);
        assert_eq!(steps(&detail["person_steps"]), steps(seen));

        let fresh = Holder::of(&app.report(PENDING).await).case(&app).await;
        assert!(steps(&fresh["guidance"]["steps"]).contains(&("breathe-out", false)), "to a new case nothing is new");
        let words = named(&fresh["guidance"]["steps"], "is-it-yours")["text"].as_str().unwrap();
        assert!(words.starts_with("Did you"), "{words}");
    });
}

#[test]
fn what_one_version_gave_outlives_the_next_and_can_still_be_ticked() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        let holder = Holder::of(&app.report(PENDING).await);
        publish(&app, &mut watch, &reworded()).await;
        rescore(&app).await;
        roll_back(&app, &mut watch, Advice::Stands).await;
        assert_eq!(rescore(&app).await.rescored, 1);
        let seen = holder.does(&app, "/steps/breathe-out", &json!({"state": "done"})).await;
        let step = named(&seen["guidance"]["steps"], "breathe-out");
        assert_eq!((&step["state"], &step["new"]), (&json!("done"), &json!(true)));
    });
}

#[test]
fn when_evidence_changes_the_lead_the_steps_follow_it() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        let holder = Holder::of(&app.report(PENDING).await);
        publish(&app, &mut watch, &reworded()).await;
        rescore(&app).await;
        let words = "someone stole my coins, I typed my recovery phrase into a website";
        let after = holder.does(&app, "/messages", &json!({"text": words})).await;
        assert_ne!(after["incident"]["kind"], "routine-tx-pending");
        let seen = steps(&after["guidance"]["steps"]);
        assert!(seen.iter().all(|(id, new)| !new && *id != "breathe-out" && *id != "is-it-yours"), "{seen:?}");
    });
}

#[test]
fn evidence_that_comes_before_the_new_judgement_is_told_from_the_change_of_version() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        let (same, other) = (Holder::of(&app.report(PENDING).await), Holder::of(&app.report(PENDING).await));
        publish(&app, &mut watch, &reworded()).await;
        let after = same.does(&app, "/messages", &json!({"text": "any news?"})).await;
        let seen = steps(&after["guidance"]["steps"]);
        assert!(seen.contains(&("is-it-yours", false)) && seen.contains(&("breathe-out", true)), "{seen:?}");
        let words = "someone stole my coins, I typed my recovery phrase into a website";
        let after = other.does(&app, "/messages", &json!({"text": words})).await;
        assert!(steps(&after["guidance"]["steps"]).iter().all(|(id, new)| !new && *id != "is-it-yours"));
    });
}

#[test]
fn the_pages_say_that_a_step_is_new() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        let mut browser = Browser::new(&app);
        browser.report_with(&[("lang", "zh"), ("text", "转账卡住了，一直待确认")]).await;
        assert!(!browser.get("/case").await.text.contains("新增"));
        publish(&app, &mut watch, &reworded()).await;
        rescore(&app).await;
        let page = browser.get("/case").await.text;
        assert!(page.contains("<b class=\"new\">新增</b> 先别急"), "{page}");

        let mut desk = Browser::new(&app);
        desk.sign_in(&app.token).await;
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let page = desk.get(&format!("/staff/incidents/{id}")).await.text;
        assert!(page.contains("New</b> Read the chain"), "{page}");
    });
}

/// The playbook of pending transfers with a first step that does harm.
fn harmful() -> Files {
    with("routine-tx-pending.yaml", |yaml| {
        yaml.replace("Look at the waiting transfer: did you", "Send it again: did you")
    })
}

#[test]
fn harmful_advice_is_taken_back_by_a_rollback_and_the_step_says_that_it_was_corrected() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        publish(&app, &mut watch, &harmful()).await;
        let holder = Holder::of(&app.report(PENDING).await);
        let held = Holder::of(&app.report(PENDING).await);
        let text = |case: &Value| named(&case["guidance"]["steps"], "is-it-yours")["text"].as_str().unwrap().to_owned();
        assert!(text(&holder.case(&app).await).starts_with("Send it again"));
        // One is in somebody's hands and is not judged again.
        app.staff_post("/api/v1/queue/claim", &json!({})).await;

        roll_back(&app, &mut watch, Advice::Withdrawn).await;
        rescore(&app).await;
        for case in [holder.case(&app).await, held.case(&app).await] {
            let step = named(&case["guidance"]["steps"], "is-it-yours");
            assert!(text(&case).starts_with("Look at"), "{step}");
            assert_eq!(step["corrected"], true);
            let other = case["guidance"]["steps"].as_array().unwrap().iter().find(|other| other["id"] != step["id"]);
            assert!(other.unwrap().get("corrected").is_none());
        }
    });
}

#[test]
fn a_corrected_version_takes_back_the_advice_of_those_before_it_when_asked_to() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        publish(&app, &mut watch, &harmful()).await;
        let mut browser = Browser::new(&app);
        browser.post("/report", &[("lang", "en"), ("text", PENDING)]).await;
        let corrected = super::keep(&app, &reworded()).await;
        app.clock.pass(holdfast::time::Span::from_seconds(1));
        app.house.respond.publish(&corrected, Advice::Withdrawn).await.unwrap().unwrap();
        watch.look().await.unwrap();
        rescore(&app).await;
        let page = browser.get("/case").await.text;
        assert!(!page.contains("Send it again"), "{page}");
        assert!(page.contains("This step was corrected</b> Did you"), "{page}");
    });
}
