//! What takes two admins: an admin's second factor, and that somebody is an admin (ID-21).

use reqwest::StatusCode;

use super::QUICK;
use crate::support::app::{App, on_both_with};
use crate::support::person::{Member, member};
use holdfast::respond::people::{Change, Unchanged};
use holdfast::time::Span;

/// What came of one admin's word about another.
async fn says(app: &App, (by, of): (&Member, &Member), change: &Change) -> Option<Unchanged> {
    app.house.respond.change_person((&by.id.to_string(), of.id), change.clone()).await.unwrap().err()
}

fn viewer() -> Change {
    Change::Roles("viewer".parse().unwrap())
}

/// ID-21: else one admin alone would take the role away, and then the second factor of somebody who is no admin.
#[test]
fn an_admin_stops_being_one_by_two_others_alone() {
    on_both_with(QUICK, async |app| {
        let mut first = member(&app, ("first", "admin")).await;
        let other = member(&app, ("second", "admin")).await;
        let mut third = member(&app, ("third", "admin responder")).await;
        let csrf = first.browser.get("/staff/people").await.csrf();
        let fields = [("csrf", csrf.as_str()), ("role", "viewer")];
        let page = first.browser.post(&format!("/staff/people/{}/roles", third.id), &fields).await;
        assert_eq!(page.status, StatusCode::ACCEPTED);
        assert!(page.text.contains("asked to take the admin role away"), "{}", page.text);
        assert_eq!(says(&app, (&first, &third), &viewer()).await, Some(Unchanged::RolesAsked), "the same again");
        assert_eq!(says(&app, (&first, &third), &Change::NewFactor).await, Some(Unchanged::AskedFirst));
        assert!(third.is_in().await, "nothing has happened");
        let more = Change::Roles("admin approver".parse().unwrap());
        assert_eq!(says(&app, (&first, &third), &more).await, None, "other roles take one");
        assert_eq!(says(&app, (&first, &third), &viewer()).await, Some(Unchanged::RolesAsked));
        // Whoever is switched off is an admin still.
        assert_eq!(says(&app, (&first, &third), &Change::Disable).await, None);
        assert_eq!(says(&app, (&first, &third), &viewer()).await, Some(Unchanged::RolesAsked));
        assert_eq!(says(&app, (&first, &third), &Change::NewFactor).await, Some(Unchanged::AskedFirst));
        assert_eq!(says(&app, (&first, &third), &Change::Enable).await, None);
        assert_eq!(says(&app, (&first, &third), &viewer()).await, Some(Unchanged::RolesAsked));
        assert_eq!(says(&app, (&other, &third), &viewer()).await, None);
        assert_eq!(says(&app, (&first, &third), &Change::NewFactor).await, None, "no admin any more");
        let trail = crate::support::rows::audit(&app).await;
        assert!(trail.iter().any(|entry| entry.contains("person.roles-asked")));
    });
}

/// ID-21: the first word counts for a day, and while whoever said it is an admin.
#[test]
fn the_word_of_one_admin_lapses() {
    on_both_with(QUICK, async |app| {
        let first = member(&app, ("first", "admin")).await;
        let other = member(&app, ("second", "admin")).await;
        let third = member(&app, ("third", "admin")).await;
        for (change, asked) in [(viewer(), Unchanged::RolesAsked), (Change::NewFactor, Unchanged::AskedFirst)] {
            assert_eq!(says(&app, (&first, &third), &change).await, Some(asked));
            app.clock.pass(Span::from_minutes(24 * 60 + 1));
            assert_eq!(says(&app, (&other, &third), &change).await, Some(asked), "too late");
            assert_eq!(says(&app, (&other, &third), &Change::Disable).await, None, "it forgets what was asked");
            assert_eq!(says(&app, (&other, &third), &Change::Enable).await, None);
            assert_eq!(says(&app, (&first, &third), &change).await, Some(asked));
            assert_eq!(says(&app, (&other, &first), &Change::Disable).await, None);
            assert_eq!(says(&app, (&other, &third), &change).await, Some(asked), "whoever asked is out");
            assert_eq!(says(&app, (&other, &first), &Change::Enable).await, None);
        }
    });
}
