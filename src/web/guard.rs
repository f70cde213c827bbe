//! Permission: every route says what it demands, and this layer holds it to that before the handler runs.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::cookies::cookie;
use super::house::{House, Shared};
use super::problem::Problem;
use crate::access::{Permission, Scopes, digest_of};
use crate::audit::{Actor, Entry, Outcome};
use crate::respond::people::Stage;
use crate::respond::session::within;
use crate::seal::Purpose;
use crate::store::{self, Sight};
use crate::time::{Span, Timestamp};

/// A request extension: the member of staff who asks.
#[derive(Debug, Clone)]
pub struct Staff {
    /// The key of whoever asks, in cases and in the trail: a person's id, or whose a token is.
    pub name: String,
    /// What they are called.
    pub shown: String,
    pub scopes: Scopes,
    /// When they showed a second factor last; a token never does.
    pub factor_at: Option<Timestamp>,
}

/// The header of a state change by cookie: the token that the console's forms carry (SES-08).
const CSRF: &str = "x-csrf-token";
/// How long a second factor counts as fresh (SES-07).
pub const FRESH: Span = Span::from_minutes(5);

impl Staff {
    /// Whether the second factor is fresh enough for a permission. No token is (ID-20).
    pub fn is_fresh(&self, permission: Permission, now: Timestamp) -> bool {
        !permission.needs_fresh_factor() || self.factor_at.is_some_and(|at| now.since(at) <= FRESH)
    }
}

/// What a guarded route needs.
#[derive(Clone)]
pub struct Demand {
    pub house: Shared,
    pub permission: Permission,
    /// Whether it is a route of holders and sources, who see their own cases, rather than one of staff.
    pub outside: bool,
}

/// The layer of one route.
pub async fn hold(State(demand): State<Demand>, request: Request, next: Next) -> Result<Response, Problem> {
    // Of staff, nobody sees a case of a circle before it is known who asks.
    let first = if demand.outside { Sight::House } else { Sight::NoCircles };
    first.within(held(demand, request, next)).await
}

async fn held(demand: Demand, mut request: Request, next: Next) -> Result<Response, Problem> {
    match demand.permission {
        Permission::Public | Permission::CaseHolder => {}
        permission => {
            let staff = staff(&demand.house, request.headers(), request.method()).await?;
            if !staff.scopes.allow(permission) {
                refused(&demand.house, &staff.name, permission).await?;
                return Err(Problem::forbidden().detail("neither role nor scope allows this"));
            }
            if !staff.is_fresh(permission, demand.house.respond.room().now()) {
                refused(&demand.house, &staff.name, permission).await?;
                let detail = "show your second factor again at /staff/step-up, then repeat this; tokens cannot do it";
                return Err(Problem::forbidden().named("step-up").detail(detail));
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

/// Who asks, by bearer token or by the console's cookie. State changes by cookie carry a token of the session. From here
/// on a person sees the cases of their circles; a token sees those of none.
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
        let session = match super::staff::session_of(house, headers) {
            // A token has no second factor, so it opens the console only until somebody has one (ID-07).
            Some(session) if !house.respond.has_people().await? => session,
            Some(_) => return Err(Problem::unauthorized("Bearer")),
            None => return by_session(house, headers, method).await,
        };
        if *method != Method::GET && *method != Method::HEAD {
            return Err(Problem::unauthorized("Bearer"));
        }
        session.token
    };
    house.limits.staff.check(&digest)?;
    let found = look_up(house, &digest).await.map_err(Problem::from)?;
    found.ok_or_else(|| Problem::unauthorized("Bearer"))
}

/// Who asks, by the session of a person who signed in whole.
async fn by_session(house: &Shared, headers: &HeaderMap, method: &Method) -> Result<Staff, Problem> {
    let found = super::entry::session_of(house, headers).await?;
    let whole = found.filter(|(session, _)| session.stage == Stage::Full);
    let (session, cookie) = whole.ok_or_else(|| Problem::unauthorized("Bearer"))?;
    if *method != Method::GET && *method != Method::HEAD {
        same_origin(house, headers)?;
        let given = headers.get(CSRF).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !house.respond.room().keys.digests.fits(Purpose::Csrf, ("staff", &cookie), given) {
            return Err(Problem::forbidden().named("stale-form").detail("a change by cookie carries X-CSRF-Token"));
        }
    }
    let name = session.person.id.to_string();
    house.limits.staff.check(&name)?;
    Sight::Person(session.person.id, house.respond.room().now()).open();
    let scopes = Scopes::of_roles(&session.roles(&house.respond.room().staff_rules));
    Ok(Staff { name, shown: session.person.name, scopes, factor_at: session.factor_at })
}

async fn look_up(house: &House, digest: &str) -> store::Result<Option<Staff>> {
    let row = house.respond.token(digest).await?;
    Ok(row.and_then(|row| {
        let scopes = row.scopes.parse().ok()?;
        Some(Staff { scopes, shown: row.person.clone(), name: row.person, factor_at: None })
    }))
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

impl IntoResponse for crate::store::Error {
    fn into_response(self) -> Response {
        Problem::from(self).into_response()
    }
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
