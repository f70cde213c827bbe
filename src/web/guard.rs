//! Permission: every route says what it demands, and this layer holds it to that before the handler runs.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;

use super::cookies::cookie;
use super::house::{House, Shared};
use super::problem::Problem;
use crate::access::{Permission, Scopes, digest_of};
use crate::audit::{Actor, Entry, Outcome};
use crate::respond::session::within;
use crate::seal::Purpose;
use crate::store::{self, Db, tokens};
use crate::time::Timestamp;

/// A request extension: the member of staff who asks.
#[derive(Debug, Clone)]
pub struct Staff {
    pub name: String,
    pub scopes: Scopes,
}

/// What a guarded route needs.
#[derive(Clone)]
pub struct Demand {
    pub house: Shared,
    pub permission: Permission,
}

/// The layer of one route.
pub async fn hold(State(demand): State<Demand>, mut request: Request, next: Next) -> Result<Response, Problem> {
    match demand.permission {
        Permission::Public | Permission::CaseHolder => {}
        permission => {
            let staff = staff(&demand.house, request.headers(), request.method()).await?;
            if !staff.scopes.allow(permission) {
                refused(&demand.house, &staff.name, permission).await?;
                return Err(Problem::forbidden().detail("the token lacks the scope for this"));
            }
            request.extensions_mut().insert(staff);
        }
    }
    let session = session_mark(&demand.house, request.headers());
    Ok(within(session, next.run(request)).await)
}

/// What the trail calls the session of a request of staff: a digest that opens nothing.
fn session_mark(house: &House, headers: &HeaderMap) -> Option<String> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let opener = bearer.map(str::to_owned).or_else(|| cookie(headers, super::staff::COOKIE))?;
    let mut mark = house.respond.room().keys.digests.of(Purpose::Session, "audit", &opener);
    mark.truncate(32);
    Some(mark)
}

/// A permission that was refused is an audit entry (AUD-01).
pub async fn refused(house: &Shared, name: &str, permission: Permission) -> Result<(), Problem> {
    let now = house.respond.room().now();
    let entry = Entry::done(now, Actor::Staff(name.to_owned()), "permission.use", format!("permission:{permission}"));
    Ok(house.respond.note(Entry { outcome: Outcome::Refused, ..entry }).await?)
}

/// Who asks, by bearer token or by the console's cookie. State changes by cookie prove their form elsewhere.
pub async fn staff(house: &Shared, headers: &HeaderMap, method: &Method) -> Result<Staff, Problem> {
    // Asked again while it is not, because a token may come from the command line or another node.
    if !house.is_set_up() && !house.respond.needs_set_up().await.map_err(Problem::from)? {
        house.now_set_up();
    }
    if !house.is_set_up() {
        return Err(Problem::unavailable().detail("nobody has used the set-up link yet"));
    }
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let digest = if let Some(token) = bearer {
        digest_of(token)
    } else {
        // The console's cookie reads; what it changes goes through the console's own forms, which carry a token.
        let session = super::staff::session_of(house, headers).ok_or_else(|| Problem::unauthorized("Bearer"))?;
        if *method != Method::GET && *method != Method::HEAD {
            return Err(Problem::unauthorized("Bearer"));
        }
        session.token
    };
    house.limits.staff.check(&digest)?;
    let found = look_up(&house.respond.db, &digest, house.respond.room().now()).await.map_err(Problem::from)?;
    found.ok_or_else(|| Problem::unauthorized("Bearer"))
}

async fn look_up(db: &Db, digest: &str, now: Timestamp) -> store::Result<Option<Staff>> {
    let mut tx = db.read().await?;
    let row = tokens::by_digest(&mut tx, digest, now).await?;
    Ok(row.and_then(|row| Some(Staff { scopes: row.scopes.parse().ok()?, name: row.person })))
}

/// Refuses a state change that a page of another site began (SES-08). Where a browser does not say, its `Origin` must be
/// ours; under our referrer policy that of our own forms is `null`, and then the form's token decides.
pub fn same_origin(house: &House, headers: &HeaderMap) -> Result<(), Problem> {
    let ours = match (headers.get("sec-fetch-site"), headers.get(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == "null" || origin == house.respond.room().public_url.as_str(),
        (None, None) => true,
    };
    if ours { Ok(()) } else { Err(Problem::forbidden().detail("this form was sent from another site")) }
}

/// A fault of the store as the outside sees it.
impl From<crate::store::Error> for Problem {
    fn from(error: crate::store::Error) -> Self {
        let problem = if error.is_out_of_order() {
            Self::unavailable().retry_after(5)
        } else if matches!(error, crate::store::Error::Conflict { .. }) {
            Self::conflict()
        } else {
            return Self::internal(error);
        };
        problem.cause(error)
    }
}
