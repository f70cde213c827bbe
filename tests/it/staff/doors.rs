//! Every room has a door for whoever may enter it, and none for whoever may not.

use std::collections::BTreeSet;

use crate::support::app::on_both;
use crate::support::person::member;
use holdfast::access::Role;
use holdfast::web::routes;
use reqwest::StatusCode;

/// The addresses in the part of a page that lists the rooms.
fn doors(page: &str) -> BTreeSet<String> {
    let (_, rooms) = page.split_once("<nav class=\"rooms\"").expect("the page has doors");
    let rooms = rooms.split("</nav>").next().unwrap();
    rooms.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// RB-14: what a role may open is what its doors lead to; no page is there for typing only.
#[test]
fn every_role_finds_the_rooms_that_it_may_enter_and_no_other() {
    on_both(async |app| {
        // A stream, a file, and what is reached from a room.
        let apart = ["/staff/events", "/staff/numbers/csv", "/staff/me/password"];
        let rooms: Vec<_> = routes::declared(&app.house)
            .into_iter()
            .filter(|route| route.console && route.method == "GET")
            .filter(|route| !route.path.contains('{') && !apart.contains(&route.path))
            .collect();
        for role in Role::ALL {
            let mut person = member(&app, (role.as_str(), role.as_str())).await;
            let may: BTreeSet<String> = rooms
                .iter()
                .filter(|route| route.permission.roles().contains(&role))
                .map(|route| route.path.to_owned())
                .collect();
            let page = person.browser.get("/staff/me").await;
            assert_eq!(doors(&page.text), may, "{role:?}");
            let bar = page.text.split("<main").next().unwrap();
            for other in rooms.iter().filter(|route| !may.contains(route.path)) {
                assert!(!bar.contains(&format!("href=\"{}\"", other.path)), "{role:?}: {}", other.path);
            }
            for path in &may {
                assert_eq!(person.browser.get(path).await.status, StatusCode::OK, "{role:?} {path}");
            }
            if may.contains("/staff") {
                assert_eq!(doors(&person.browser.get("/staff").await.text), may, "{role:?}");
            }
        }
    });
}

/// RB-01: a page offers nothing that its reader may not do.
#[test]
fn whoever_only_reads_is_offered_no_deed() {
    on_both(async |app| {
        app.report(super::LOST).await;
        let mut vera = member(&app, ("vera", "viewer")).await;
        let case = format!("/staff/incidents/{}", super::id(&app.queue().await[0]));
        for path in ["/staff", "/staff/list", &case] {
            let page = vera.browser.get(path).await.text;
            let forms = page.split("<form").skip(1).map(|form| form.split("</form>").next().unwrap());
            let posts: Vec<&str> = forms.filter(|form| form.contains("method=\"post\"")).collect();
            let harmless = ["/staff/sign-out", "/staff/views"];
            assert!(!page.contains("type=\"checkbox\""), "{path}: nothing to choose for no deed");
            for form in posts {
                let offers = !harmless.iter().any(|action| form.contains(&format!("action=\"{action}\"")));
                let buttons = form.contains("<button");
                assert!(!offers || !buttons, "{path}: {form}");
            }
        }
    });
}

/// What does not lead on does not lead back to itself, and whoever came in keeps the way on.
#[test]
fn a_page_that_is_not_there_leads_to_the_rooms_and_not_to_itself() {
    on_both(async |app| {
        let mut ada = member(&app, ("ada", "responder")).await;
        let nowhere = "/staff/incidents/0195570e-0000-7000-8000-000000000001";
        let page = ada.browser.get(nowhere).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(!page.text.contains(nowhere), "{}", page.text);
        let bar = page.text.split("<main").next().unwrap();
        assert!(["/staff", "/staff/list", "/staff/me"].iter().all(|room| bar.contains(&format!("href=\"{room}\""))));
    });
}
