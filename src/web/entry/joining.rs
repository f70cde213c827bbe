//! The first person by the set-up link, the others by invitations.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use zeroize::Zeroizing;

use super::{to_sign_in, told, with_cookie};
use crate::access::Role;
use crate::respond::people::{Address, NewPerson, Person, State as Standing};
use crate::text::{Language, clean_name};
use crate::web::body;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::staff::{self as pages, AskPage, actions};
use crate::web::pages::words::{Say, account};
use crate::web::problem::Problem;
use crate::web::staff::{BEFORE, before, chosen, frame, prove};

/// Characters of a name.
const NAME: usize = 80;

/// `GET /staff/set-up/{link}`: shows the form and uses nothing up.
pub async fn set_up_page(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if house.is_set_up() {
        return Err(Problem::not_found());
    }
    let language = chosen(&uri, &headers)?;
    Ok(show_set_up(&house, (language, &nonce), (StatusCode::OK, None)))
}

fn show_set_up(
    house: &House,
    (language, nonce): (Language, &Nonce),
    (status, wrong): (StatusCode, Option<Say>),
) -> Response {
    before(house, status, |csrf| {
        pages::set_up(&AskPage { frame: frame(house, language, nonce), csrf, wrong, passkey: None })
    })
}

/// `POST /staff/set-up/{link}`: uses the link up and makes the first person, who sets up a second factor next.
pub async fn set_up(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(link): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    if house.is_set_up() {
        return Err(Problem::not_found());
    }
    let received = body::read(request, body::FORM).await?;
    let mut sent = received.form()?;
    prove(&house, (&received.parts.headers, BEFORE), &mut sent)?;
    let name = clean_name(&sent.required("name")?, NAME).unwrap_or_default();
    let login = sent.required("login")?;
    let password = Zeroizing::new(sent.required("password")?);
    sent.finish()?;
    // Somebody has to be able to begin: an admin alone reads no case.
    let roles = [Role::Admin, Role::Approver, Role::Responder].into_iter().collect();
    let new = NewPerson { login, name, roles };
    match house.respond.set_up(&link, (new, password)).await? {
        Ok(joined) => {
            house.now_set_up();
            Ok(with_cookie(actions::ENROL, &joined.cookie))
        }
        Err(why) => {
            let language = chosen(&received.parts.uri, &received.parts.headers)?;
            Ok(show_set_up(&house, (language, &nonce), (StatusCode::UNPROCESSABLE_ENTITY, Some(told(why)?))))
        }
    }
}

/// `GET /staff/join/{link}`: shows the form and uses nothing up.
pub async fn join_page(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(link): Path<String>,
    (uri, headers): (Uri, HeaderMap),
) -> Result<Response, Problem> {
    let person = house.respond.invited(&link).await?.ok_or_else(Problem::not_found)?;
    let language = chosen(&uri, &headers)?;
    Ok(show_join(&house, (language, &nonce), (&person, None)))
}

fn show_join(
    house: &House,
    (language, nonce): (Language, &Nonce),
    (person, wrong): (&Person, Option<Say>),
) -> Response {
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    before(house, status, |csrf| {
        let page = AskPage { frame: frame(house, language, nonce), csrf, wrong, passkey: None };
        let asks_address = person.state == Standing::Invited && house.respond.writes_to_staff();
        pages::join(&page, (&person.name, &person.login), asks_address)
    })
}

/// `POST /staff/join/{link}`: uses the link up; somebody new sets up a second factor next, others sign in.
pub async fn join(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(link): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let mut sent = received.form()?;
    prove(&house, (&received.parts.headers, BEFORE), &mut sent)?;
    let password = Zeroizing::new(sent.required("password")?);
    let typed = sent.one("address")?.filter(|typed| !typed.trim().is_empty());
    sent.finish()?;
    let person = house.respond.invited(&link).await?.ok_or_else(Problem::not_found)?;
    let language = chosen(&received.parts.uri, &received.parts.headers)?;
    let given = typed.as_deref().map(|typed| Address::read(typed, language));
    let Some(given) = given.map_or(Some(None), |read| read.map(Some)) else {
        return Ok(show_join(&house, (language, &nonce), (&person, Some(account::NO_ADDRESS))));
    };
    match house.respond.join(&link, (password, given)).await? {
        Ok(Some(joined)) => Ok(with_cookie(actions::ENROL, &joined.cookie)),
        Ok(None) => Ok(to_sign_in().into_response()),
        Err(why) => Ok(show_join(&house, (language, &nonce), (&person, Some(told(why)?)))),
    }
}
