//! What admins do about people: invite, change roles, switch off, reset (ID-21), and what they cannot do.

use reqwest::StatusCode;

use super::QUICK;
use crate::support::app::{App, on_both_with, on_sqlite_with};
use crate::support::browser::{Browser, Page};
use crate::support::person::{Member, PASSWORD, member, password};
use holdfast::respond::people::{Change, Unchanged};

async fn does(admin: &mut Member, app: &App, (of, change): (&Member, &str)) -> Page {
    let page = admin.browser.get("/staff/people").await;
    let csrf = if page.status == StatusCode::OK { page.csrf() } else { String::new() };
    let done = admin.browser.post(&format!("/staff/people/{}/{change}", of.id), &[("csrf", &csrf)]).await;
    if done.status == StatusCode::FORBIDDEN {
        admin.step_up(app).await;
        let csrf = admin.browser.get("/staff/people").await.csrf();
        return admin.browser.post(&format!("/staff/people/{}/{change}", of.id), &[("csrf", &csrf)]).await;
    }
    done
}

/// An admin invites somebody on a page; the link is shown once and works.
#[test]
fn an_admin_invites_and_the_link_is_shown_once() {
    on_both_with(QUICK, async |app| {
        let mut admin = member(&app, ("root", "admin")).await;
        let csrf = admin.browser.get("/staff/people").await.csrf();
        let fields =
            [("csrf", csrf.as_str()), ("name", "Bea"), ("login", "bea"), ("role", "responder"), ("role", "viewer")];
        let made = admin.browser.post("/staff/people", &fields).await;
        assert_eq!(made.status, StatusCode::OK);
        let link = made.text.split("/staff/join/").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let page = admin.browser.get("/staff/people").await;
        assert!(!page.text.contains(&link) && page.text.contains("Bea"));
        let mut bea = Browser::new(&app);
        let path = format!("/staff/join/{link}");
        let csrf = bea.get(&path).await.csrf();
        assert_eq!(bea.post(&path, &[("csrf", &csrf), ("password", PASSWORD)]).await.location, "/staff/enrol");
        let page = bea.get("/staff/enrol").await;
        let seed = page.text.split("<code>").nth(1).unwrap().split('<').next().unwrap();
        assert_eq!(seed.replace(' ', "").len(), 32, "160 bits");
        let none = [("csrf", csrf.as_str()), ("name", "Cleo"), ("login", "cleo")];
        assert_eq!(admin.browser.post("/staff/people", &none).await.status, StatusCode::FORBIDDEN);
    });
}

/// What shuts somebody out does not lie beside what does no harm.
#[test]
fn what_shuts_somebody_out_is_folded_away() {
    on_sqlite_with(QUICK, async |app| {
        let mut admin = member(&app, ("root", "admin")).await;
        let ada = member(&app, ("ada", "responder")).await;
        let page = admin.browser.get("/staff/people").await.text;
        let (_, own) = page.split_once(&format!("/staff/people/{}/roles", ada.id)).unwrap();
        let (open, folded) = own.split("</section>").next().unwrap().split_once("<details").unwrap();
        assert!(["/end-sessions", "/new-password"].iter().all(|deed| open.contains(deed)), "{open}");
        assert!(["/disable", "/new-factor"].iter().all(|deed| folded.contains(deed) && !open.contains(deed)), "{open}");
    });
}

/// Somebody who is switched off is out at once and stays out.
#[test]
fn switching_off_ends_everything_and_switching_on_gives_it_back() {
    on_both_with(QUICK, async |app| {
        let mut admin = member(&app, ("root", "admin")).await;
        let mut ada = member(&app, ("ada", "responder")).await;
        assert_eq!(does(&mut admin, &app, (&ada, "disable")).await.status, StatusCode::OK);
        assert!(!ada.is_in().await);
        let mut browser = Browser::new(&app);
        assert_eq!(password(&mut browser, (&ada.login, PASSWORD)).await.status, StatusCode::FORBIDDEN);
        assert_eq!(does(&mut admin, &app, (&ada, "enable")).await.status, StatusCode::OK);
        ada.sign_in(&app, &mut browser).await;
    });
}

/// ID-21: two other admins take an admin's second factor away, one is not enough; nobody changes their own rights.
#[test]
fn an_admin_loses_the_second_factor_by_two_others_alone() {
    on_both_with(QUICK, async |app| {
        let mut first = member(&app, ("first", "admin")).await;
        let mut second = member(&app, ("second", "admin")).await;
        let mut third = member(&app, ("third", "admin")).await;
        assert_eq!(does(&mut first, &app, (&third, "new-factor")).await.status, StatusCode::ACCEPTED);
        assert_eq!(does(&mut first, &app, (&third, "new-factor")).await.status, StatusCode::ACCEPTED, "the same again");
        assert!(third.is_in().await);
        let done = does(&mut second, &app, (&third, "new-factor")).await;
        assert!(done.status == StatusCode::OK && done.text.contains("/staff/join/"));
        assert!(!third.is_in().await);
        let mut browser = Browser::new(&app);
        let page = password(&mut browser, (&third.login, PASSWORD)).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "the password went with it");
        let own = format!("/staff/people/{}/disable", first.id);
        let csrf = first.browser.get("/staff/people").await.csrf();
        assert_eq!(first.browser.post(&own, &[("csrf", &csrf)]).await.status, StatusCode::CONFLICT);
        assert_eq!(does(&mut second, &app, (&first, "disable")).await.status, StatusCode::OK);
        assert!(second.is_in().await);
    });
}

/// Nobody can leave the house without somebody to look after people.
#[test]
fn the_last_admin_stays() {
    on_both_with(QUICK, async |app| {
        let admin = member(&app, ("root", "admin")).await;
        for change in [Change::Disable, Change::NewFactor, Change::Roles("viewer".parse().unwrap())] {
            let outcome = app.house.respond.change_person(("another", admin.id), change).await.unwrap();
            assert!(outcome.is_err_and(|why| why == Unchanged::LastAdmin));
        }
    });
}
