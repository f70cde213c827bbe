//! Two nodes at one list: nobody is left out of it whom the case needs, and nobody gets in who should not.

use std::pin::pin;
use std::time::Duration;

use holdfast::respond::circle::{CircleDeed, NotDone};
use holdfast::store::circles::{self, CircleRow, LASTING, SeatRow};
use holdfast::store::{Tx, privacy};

use super::{HOUSE, Known, Somebody, somebody};
use crate::support::app::{App, on_both_with};

/// So long the other node has to come first if it can; a story is none the worse when it cannot.
const MEANWHILE: Duration = Duration::from_millis(500);

/// Commits what one node began once another has had the time to do its part.
async fn meanwhile<T>(tx: Tx, other: impl Future<Output = T>) -> T {
    let mut other = pin!(other);
    let first = tokio::time::timeout(MEANWHILE, &mut other).await;
    tx.commit().await.unwrap();
    match first {
        Ok(done) => done,
        Err(_) => other.await,
    }
}

async fn members(app: &App, known: &Known) -> Vec<String> {
    let mut tx = app.house.respond.db.read().await.unwrap();
    let seats = circles::seats(&mut tx, known.incident.parse().unwrap()).await.unwrap();
    seats.into_iter().map(|seat| seat.person).collect()
}

/// What another node does when somebody closes a case, up to its commit.
async fn closing(app: &App, known: &Known, who: &Somebody) -> Tx {
    let (incident, at, person) = (known.incident.parse().unwrap(), app.clock_now(), who.key.clone());
    let mut tx = app.house.respond.db.begin().await.unwrap();
    privacy::lock(&mut tx, &[incident]).await.unwrap();
    let row = CircleRow { incident, at, person: person.clone(), reason: Vec::new(), orphaned: None };
    assert!(circles::close(&mut tx, &row).await.unwrap());
    let seat = SeatRow { incident, person: person.clone(), at, given_by: person, member: true, until: LASTING };
    assert!(circles::sit(&mut tx, &seat).await.unwrap());
    tx
}

/// RB-12: of two members who take each other off the list on two nodes, one stays.
#[test]
fn two_members_who_remove_each_other_do_not_leave_the_list_empty() {
    on_both_with(HOUSE, async |app| {
        let ann = somebody(&app, "ann", "responder").await;
        let boss = somebody(&app, "boss", "approver").await;
        let known = Known::report(&app, "otterwing").await;
        boss.closes(&app, &known.incident, &[&ann]).await;
        let incident = known.incident.parse().unwrap();

        let mut tx = app.house.respond.db.begin().await.unwrap();
        privacy::lock(&mut tx, &[incident]).await.unwrap();
        assert!(circles::leave(&mut tx, incident, &ann.key).await.unwrap());
        let deed = CircleDeed::Remove { member: boss.key.clone() };
        let by = (ann.key.parse().unwrap(), false);
        let came = meanwhile(tx, app.house.respond.circle_does(incident, by, deed)).await;
        assert!(came.unwrap().is_err(), "she is no member any more");
        assert_eq!(members(&app, &known).await, std::slice::from_ref(&boss.key));
    });
}

/// RB-12: a case that two close on two nodes is closed once, to the list of the first.
#[test]
fn of_two_that_close_a_case_at_once_one_does() {
    on_both_with(HOUSE, async |app| {
        let ann = somebody(&app, "ann", "approver").await;
        let boss = somebody(&app, "boss", "approver").await;
        let known = Known::report(&app, "otterwing").await;
        let tx = closing(&app, &known, &boss).await;
        let deed = CircleDeed::Close { members: Vec::new(), reason: "A public person.".to_owned() };
        let by = (ann.key.parse().unwrap(), true);
        let came = meanwhile(tx, app.house.respond.circle_does(known.incident.parse().unwrap(), by, deed)).await;
        assert!(matches!(came.unwrap(), Err(NotDone::Unknown | NotDone::Otherwise)));
        assert_eq!(members(&app, &known).await, std::slice::from_ref(&boss.key));
    });
}

/// RB-12: whoever claims a case while it is being closed on another node does not get it.
#[test]
fn a_claim_that_meets_the_closing_of_its_case_is_none() {
    on_both_with(HOUSE, async |app| {
        let cat = somebody(&app, "cat", "responder").await;
        let boss = somebody(&app, "boss", "responder approver").await;
        let known = Known::report(&app, "otterwing").await;
        let page = format!("/staff/incidents/{}", known.incident);
        let tx = closing(&app, &known, &boss).await;
        let claim = format!("{page}/claim");
        let came = meanwhile(tx, cat.post(&app, &claim, &[])).await;
        for told in [&known.reference, &known.account, &known.mark] {
            assert!(!came.text.contains(told.as_str()), "{}", came.text);
        }
        assert_eq!(cat.get(&app, &page).await.status, 404);
        assert!(boss.get(&app, &page).await.text.contains("/claim\""), "it waits, in nobody's hands");
    });
}
