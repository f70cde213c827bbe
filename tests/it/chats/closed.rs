//! A case that is closed to a list is in no answer of a chat to anybody else.

use holdfast::respond::circle::CircleDeed;

use super::{HOUSE, TEXT, linked, says};
use crate::support::app::on_both_with;

/// RB-02, RB-12: what waits, how a case stands and what rings answer as if it were not there; its people are told.
#[test]
fn a_closed_case_is_in_no_answer_to_anybody_else() {
    on_both_with(HOUSE, async |app| {
        let ada = linked(&app, ("ada", "responder"), "U1").await;
        linked(&app, ("eve", "responder"), "U2").await;
        let reference = app.report(TEXT).await["case"]["reference"].as_str().unwrap().to_owned();
        let respond = &app.house.respond;
        let incident = respond.named(&reference).await.unwrap().unwrap();
        let deed = CircleDeed::Close { members: Vec::new(), reason: "A public person.".to_owned() };
        respond.circle_does(incident, (ada.id, true), deed).await.unwrap().unwrap();

        let asked = format!("case {reference}");
        assert!(says(&app, ("U1", &asked)).await.contains(&reference));
        assert!(says(&app, ("U1", "next")).await.contains("Security: 1 waiting"));
        let none = says(&app, ("U2", "case HF-0000-0000")).await;
        assert_eq!(says(&app, ("U2", &asked)).await, none);
        let next = says(&app, ("U2", "next")).await;
        assert!(next.contains("Security: 0 waiting") && next.contains("Nothing waits"), "{next}");
        holdfast::respond::sweep(respond).await.unwrap();
        let rings = says(&app, ("U2", &format!("seen {reference}"))).await;
        assert_eq!(rings, says(&app, ("U2", "seen HF-0000-0000")).await.replace("HF-0000-0000", &reference));
    });
}
