//! A routine request that turns out to be an incident turns in place: the same case, other steps, the other lane.

use serde_json::{Value, json};

use crate::support::app::{on_both, on_sqlite};
use crate::support::case::Holder;

fn first_step(case: &Value) -> String {
    case["guidance"]["steps"][0]["id"].as_str().unwrap().to_owned()
}

fn step_ids(case: &Value) -> Vec<&str> {
    case["guidance"]["steps"].as_array().unwrap().iter().map(|step| step["id"].as_str().unwrap()).collect()
}

#[test]
fn every_everyday_question_is_answered_at_once_with_steps_and_what_is_normal() {
    on_sqlite(async |app| {
        for (text, kind) in [
            ("my transaction is stuck pending, gas was too low", "routine-tx-pending"),
            ("转账一直待确认，卡住了", "routine-tx-pending"),
            ("says insufficient gas, not enough trx for energy", "routine-gas-insufficient"),
            ("exchange hasnt credited my transfer, i forgot the memo tag", "routine-deposit-not-credited"),
            ("i changed my password and my withdrawal is under review", "routine-withdrawal-delayed"),
            ("price shows 0 for my coin and the token is not showing in the wallet", "routine-balance-display"),
            ("sent on the wrong network, used bep20 instead of erc20", "routine-wrong-network"),
            ("how do i add a network, custom rpc settings for base", "routine-add-network"),
        ] {
            let answer = app.report(text).await;
            assert_eq!(
                (&answer["incident"]["kind"], &answer["incident"]["class"]),
                (&json!(kind), &json!("routine")),
                "{text}"
            );
            assert!(answer["incident"]["normal"].as_str().is_some_and(|normal| !normal.is_empty()), "{text}");
            assert!(
                step_ids(&answer).len() >= 3 && answer["incident"]["place"]["first_reply_by"].is_string(),
                "{text}"
            );
        }
    });
}

#[test]
fn an_answer_makes_an_incident_of_a_stuck_transfer_in_the_same_case() {
    on_both(async |app| {
        let report = app.report("my eth transfer is stuck pending for two hours, gas too low").await;
        assert_eq!(report["incident"]["kind"], "routine-tx-pending");
        let asked: Vec<&str> =
            report["questions"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert!(asked.contains(&"was-it-you"), "{asked:?}");
        let holder = Holder::of(&report);
        let before = app.queue().await[0].clone();
        assert_eq!(before["lane"], "routine");

        let case = holder.does(&app, "/answers", &json!({"question": "was-it-you", "choice": "not-me"})).await;
        assert_eq!(
            (&case["incident"]["class"], &case["incident"]["kind"]),
            (&json!("security"), &json!("unauthorized-transfer-unknown"))
        );
        assert_eq!(case["reference"], report["case"]["reference"], "the same case");
        assert_eq!(first_step(&case), "cancel-not-yours", "what can still be stopped comes first");
        assert!(step_ids(&case).len() > 3 && !step_ids(&case).contains(&"wait"), "{:?}", step_ids(&case));
        assert!(case["incident"].get("normal").is_none() && case["solvable"] == false);

        let after = app.queue().await;
        assert_eq!((after.len(), &after[0]["id"], &after[0]["lane"]), (1, &before["id"], &json!("security")));
        assert_eq!(after[0]["arrived"], before["arrived"], "nobody begins to wait anew");

        let back = holder.does(&app, "/answers", &json!({"question": "was-it-you", "choice": "me"})).await;
        assert_eq!(back["incident"]["class"], "security", "what an answer raised no answer lowers");
    });
}

#[test]
fn a_wrong_address_that_still_waits_is_cancelled_first() {
    on_sqlite(async |app| {
        let holder = Holder::of(&app.report("交易卡住了，一直待确认，怎么加速").await);
        let case = holder.does(&app, "/answers", &json!({"question": "right-address", "choice": "no"})).await;
        assert_eq!(
            (&case["incident"]["class"], &case["incident"]["kind"]),
            (&json!("security"), &json!("address-poisoning"))
        );
        assert_eq!(first_step(&case), "cancel-wrong");
    });
}

#[test]
fn a_message_makes_an_incident_of_a_question_in_the_same_case() {
    on_both(async |app| {
        let holder = Holder::of(&app.report("how do i add a network, custom rpc settings for base").await);
        let words = "now someone drained my wallet, all my USDT was transferred out and it was not me";
        let case = holder.does(&app, "/messages", &json!({"text": words})).await;
        assert_eq!(case["incident"]["class"], "security");
        assert_eq!(app.queue().await[0]["lane"], "security");
        assert!(!step_ids(&case).contains(&"look-in-the-list"), "the steps follow");
    });
}
