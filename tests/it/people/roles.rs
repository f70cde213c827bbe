//! Roles, routes and states, cell by cell (RB-01, RB-14), and what no token can ever do (ID-20).

use std::collections::BTreeSet;

use reqwest::StatusCode;
use serde_json::json;

use super::QUICK;
use crate::support::app::{App, on_both_with, on_sqlite};
use crate::support::browser::Browser;
use crate::support::person::{asks, csrf, fresh};
use crate::support::rows::spoil;
use holdfast::access::{Permission, Role, Roles, Scopes};
use holdfast::time::Span;
use holdfast::web::routes;

/// Who may what, a row a route or a deed. A route that is not in it, or a row whose route is gone, fails.
const TABLE: &str = include_str!("routes.tsv");

#[derive(Debug)]
struct Row {
    method: &'static str,
    route: &'static str,
    deed: &'static str,
    /// In the order of [`Role::ALL`].
    roles: [bool; 5],
    needs_fresh: bool,
    by_token: bool,
}

fn table() -> Vec<Row> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let yes = |place: usize| match cells[place] {
            "y" => true,
            "-" => false,
            other => panic!("{other}: {line}"),
        };
        let roles = std::array::from_fn(|role| yes(3 + role));
        assert_eq!(cells.len(), 10, "{line}");
        Row { method: cells[0], route: cells[1], deed: cells[2], roles, needs_fresh: yes(8), by_token: yes(9) }
    });
    rows.collect()
}

/// How somebody comes to a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Fresh,
    /// The second factor was shown six minutes ago.
    Stale,
    /// Only the password was right.
    Half,
    SignedOut,
}

impl State {
    const ALL: [Self; 4] = [Self::Fresh, Self::Stale, Self::Half, Self::SignedOut];

    /// Brings every session into this state.
    async fn bring(self, app: &App) {
        let now = app.clock_now();
        let long_ago = now.minus(Span::from_minutes(6)).millis();
        let (stage, factor_at, created) = match self {
            Self::Fresh => ("full", now.millis(), now.millis()),
            Self::Stale => ("full", long_ago, now.millis()),
            Self::Half => ("half", now.millis(), now.millis()),
            Self::SignedOut => ("full", now.millis(), 0),
        };
        let sql = format!(
            "update staff_session set stage = '{stage}', factor_at = {factor_at}, created = {created}, used = {created}"
        );
        spoil(app, &sql).await;
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    Through,
    NotYours,
    StepUp,
    SignIn,
}

impl Row {
    fn expects(&self, role: usize, state: State) -> Came {
        match state {
            State::Half | State::SignedOut => Came::SignIn,
            State::Fresh | State::Stale if !self.roles[role] => Came::NotYours,
            State::Stale if self.needs_fresh => Came::StepUp,
            State::Fresh | State::Stale => Came::Through,
        }
    }

    /// A request that is whole enough to come to the guard, and too poor to change anything.
    async fn ask(&self, app: &App, (who, person): (&str, &str), incident: &str) -> Came {
        let id = if self.route.contains("/people/") { person } else { incident };
        let id = if self.route.contains("playbooks") { "fake-support" } else { id };
        let places = [
            ("{id}", id),
            ("{action}", self.deed),
            ("{change}", self.deed),
            ("{endpoint}", "events"),
            ("{shelf}", "copies"),
            ("{order}", "0195570e-0000-7000-8000-000000000000"),
            ("{list}", "addresses"),
            ("{attachment}", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
        ];
        let path = places.into_iter().fold(self.route.to_owned(), |path, (place, value)| path.replace(place, value));
        assert!(!path.contains('{'), "{path}");
        let mut request = asks(app, (self.method.parse().unwrap(), &path), who);
        if self.method == "POST" && self.route.starts_with("/staff") {
            request = request.form(&[("csrf", csrf(app, who).as_str()), ("deed", self.deed)]);
        } else if self.method == "POST" {
            request = request.json(&json!({}));
        }
        let response = request.send().await.unwrap();
        let to_sign_in = response.headers().get("location").is_some_and(|to| to == "/staff/sign-in");
        let status = response.status();
        assert!(!status.is_server_error() && status != StatusCode::METHOD_NOT_ALLOWED, "{status}: {self:?}");
        if status == StatusCode::UNAUTHORIZED || to_sign_in {
            return Came::SignIn;
        }
        if status != StatusCode::FORBIDDEN {
            return Came::Through;
        }
        let text = response.text().await.unwrap();
        if text.contains("neither role nor scope allows this") {
            Came::NotYours
        } else if text.contains("urn:holdfast:problem:step-up") || text.contains("action=\"/staff/step-up\"") {
            Came::StepUp
        } else {
            panic!("refused for another reason: {self:?} {text}")
        }
    }
}

/// RB-01: no route of staff without its row, no row without its route.
#[test]
fn every_route_of_staff_has_its_row() {
    on_sqlite(async |app| {
        let open = [Permission::Public, Permission::CaseHolder];
        let declared = routes::declared(&app.house);
        let staff = declared.iter().filter(|route| !open.contains(&route.permission));
        let declared: BTreeSet<_> = staff.map(|route| (route.method, route.path)).collect();
        let listed: BTreeSet<_> = table().iter().map(|row| (row.method, row.route)).collect();
        assert_eq!(declared, listed);
        for row in table().iter().filter(|row| row.deed == "-") {
            let route = routes::declared(&app.house);
            let route = route.iter().find(|route| (route.method, route.path) == (row.method, row.route)).unwrap();
            for (place, role) in Role::ALL.into_iter().enumerate() {
                assert_eq!([role].into_iter().collect::<Roles>().allow(route.permission), row.roles[place], "{row:?}");
            }
            assert_eq!(route.permission.needs_fresh_factor(), row.needs_fresh, "{row:?}");
        }
    });
}

/// RB-01, SES-07: every route and deed, by every role, with a fresh and a six minutes old second factor, half signed in and
/// signed out, and by a token with every scope: exactly what the table says, cell by cell.
#[test]
fn the_table_of_routes_roles_and_states_holds_cell_by_cell() {
    on_both_with(QUICK, async |app| {
        app.report("someone drained my wallet").await;
        let incident = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let table = table();
        let mut cells = 0;
        for (place, role) in Role::ALL.into_iter().enumerate() {
            let (id, session) = fresh(&app, (role.as_str(), role.as_str())).await;
            for state in State::ALL {
                state.bring(&app).await;
                for row in &table {
                    let came = row.ask(&app, (&session, &id), &incident).await;
                    assert_eq!(came, row.expects(place, state), "{role:?} {state:?} {row:?}");
                    cells += 1;
                }
            }
        }
        for row in &table {
            let expected = match (row.by_token, row.route.starts_with("/staff")) {
                (true, _) => Came::Through,
                (false, true) => Came::SignIn,
                (false, false) => Came::NotYours,
            };
            assert_eq!(row.ask(&app, (&app.token, ""), &incident).await, expected, "a token: {row:?}");
            cells += 1;
        }
        assert_eq!(cells, table.len() * 21);
    });
}

/// SES-08: what a person changes through the API by cookie carries the token of their session and comes from our own pages.
#[test]
fn a_change_by_cookie_carries_the_token_of_the_session() {
    on_both_with(QUICK, async |app| {
        app.report("someone drained my wallet").await;
        let (_, ada) = fresh(&app, ("ada", "responder")).await;
        let (_, bob) = fresh(&app, ("bob", "responder")).await;
        let foreign = csrf(&app, &bob);
        let own = csrf(&app, &ada);
        let claim = |headers: &[(&'static str, &str)]| {
            let request = app.visitor().post(app.url("/api/v1/queue/claim")).json(&json!({}));
            let request = request.header("cookie", &ada);
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
        };
        for refused in [
            &[][..],
            &[("x-csrf-token", "")],
            &[("x-csrf-token", foreign.as_str())],
            &[("x-csrf-token", own.as_str()), ("sec-fetch-site", "cross-site")],
            &[("x-csrf-token", own.as_str()), ("sec-fetch-site", "same-site")],
            &[("x-csrf-token", own.as_str()), ("origin", "https://elsewhere.example")],
        ] {
            assert_eq!(claim(refused).send().await.unwrap().status(), StatusCode::FORBIDDEN, "{refused:?}");
        }
        let fine = claim(&[("x-csrf-token", own.as_str()), ("sec-fetch-site", "same-origin")]).send().await.unwrap();
        assert_eq!(fine.status(), StatusCode::OK);
    });
}

/// ID-20: no token carries what is for people alone, nor gets through where a fresh factor is asked for.
#[test]
fn no_token_orders_releases_reveals_or_looks_after_people() {
    for permission in Permission::OF_STAFF {
        let can = permission.as_str().parse::<Scopes>().is_ok();
        let for_people = [
            Permission::DecideRequest,
            Permission::WidenCircle,
            Permission::RevealPersonal,
            Permission::PlaceOrder,
            Permission::ApproveOrder,
            Permission::BreakGlass,
            Permission::OwnAccount,
            Permission::ChangeAccount,
            Permission::ReadPeople,
            Permission::ManagePeople,
        ];
        assert_eq!(can, !for_people.contains(&permission), "{permission}");
        assert!(!(can && permission.needs_fresh_factor()), "{permission}: a token never has a fresh factor");
    }
}

/// ID-07: without being told so a house lets no token into the console, not even before the first person has come.
#[test]
fn no_token_opens_the_console() {
    on_both_with(QUICK, async |app| {
        let mut browser = Browser::new(&app);
        let page = browser.get("/staff/sign-in").await;
        assert!(!page.text.contains("name=\"token\""));
        let sent = browser.post("/staff/sign-in", &[("csrf", &page.csrf()), ("token", &app.token)]).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
        assert_eq!(browser.get("/staff").await.location, "/staff/sign-in");
    });
}
