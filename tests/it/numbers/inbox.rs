//! The box of what people said of us: an owner, an outcome, an entry in the trail.

use reqwest::StatusCode;
use serde_json::json;

use super::DRAIN;
use crate::support::app::on_both;
use crate::support::browser::Browser;
use crate::support::case::Holder;
use crate::support::rows;
use holdfast::time::Span;

#[test]
fn feedback_gets_an_owner_and_an_outcome_and_is_forgotten_in_time() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(DRAIN).await);
        holder.does(&app, "/feedback", &json!({"satisfaction": 1, "text": "only for the case"})).await;
        app.clock.pass(Span::from_minutes(1));
        let mut visitor = Browser::new(&app);
        visitor.post("/feedback", &[("lang", "en"), ("satisfaction", "5")]).await;
        visitor.post("/feedback", &[("lang", "en"), ("text", "the page was <i>slow</i>")]).await;
        let inbox = app.staff_get("/api/v1/feedback/inbox").await["feedback"].as_array().unwrap().clone();
        assert_eq!(inbox.len(), 2, "five stars without a word ask for nothing");
        assert_eq!(inbox[0]["text"], "the page was <i>slow</i>");
        assert!(
            inbox[1]["text"].is_null() && inbox[1]["incident"].is_string(),
            "a holder's words stay in the incident"
        );

        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        let page = browser.get("/staff/feedback").await;
        assert!(
            page.text.contains("slow") && !page.text.contains("<i>slow") && !page.text.contains("only for the case")
        );
        let (csrf, id) = (page.csrf(), inbox[0]["id"].as_str().unwrap());
        let taken = browser.post("/staff/feedback", &[("csrf", &csrf), ("feedback", id)]).await;
        assert_eq!((taken.status, taken.location.as_str()), (StatusCode::SEE_OTHER, "/staff/feedback"));
        assert!(app.staff_get("/api/v1/feedback/inbox").await["feedback"][0]["owner"].is_string());
        let settled = json!({"id": id, "outcome": "improved"});
        assert_eq!(app.staff_post("/api/v1/feedback/inbox", &settled).await.status(), StatusCode::NO_CONTENT);
        let open = app.staff_get("/api/v1/feedback/inbox").await;
        assert_eq!(open["feedback"].as_array().unwrap().len(), 1);
        let all = app.staff_get("/api/v1/feedback/inbox?settled=true").await;
        assert_eq!(all["feedback"][0]["outcome"], "improved");
        let bad = app.staff_post("/api/v1/feedback/inbox", &json!({"id": id, "outcome": "deleted"})).await;
        assert_eq!(bad.status(), StatusCode::UNPROCESSABLE_ENTITY);

        app.clock.pass(Span::from_days(200));
        holdfast::respond::sweep(&app.house.respond).await.unwrap();
        assert_eq!(rows::counts(&app).await["feedback_care"], 0, "it goes with what it was about");
    });
}
