//! Every form of the console asks for the token of its session (SES-08).

use holdfast::web::routes;
use reqwest::StatusCode;

use super::QUICK;
use crate::support::app::on_both_with;
use crate::support::person::{csrf, fresh};

/// SES-08: every form of the console, without the token, with a made-up one and with another session's.
#[test]
fn every_form_of_the_console_asks_for_the_token_of_its_session() {
    on_both_with(QUICK, async |app| {
        let everything = "viewer responder approver auditor admin";
        let (_, ada) = fresh(&app, ("ada", everything)).await;
        let (_, bob) = fresh(&app, ("bob", everything)).await;
        let foreign = csrf(&app, &bob);
        let forms = routes::declared(&app.house).into_iter().filter(|route| route.console && route.method == "POST");
        // A file comes in parts; that form is tried with the files.
        let forms = forms.filter(|route| !route.path.ends_with("/attachments"));
        let mut seen = 0;
        for route in forms {
            for token in [None, Some("x"), Some(foreign.as_str())] {
                let request = app.visitor().post(app.url(&crate::door::filled(route))).header("cookie", &ada);
                let sent: Vec<_> = token.map(|token| ("csrf", token)).into_iter().collect();
                let answer = request.header("accept", "text/html").form(&sent).send().await.unwrap();
                let status = answer.status();
                let text = answer.text().await.unwrap();
                assert_eq!(status, StatusCode::FORBIDDEN, "{route:?} {token:?}: {text}");
                assert!(text.contains("The form was too old"), "{route:?} {token:?}: {text}");
                seen += 1;
            }
        }
        assert!(seen > 80, "{seen}");
    });
}
