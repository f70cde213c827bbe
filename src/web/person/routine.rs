//! One tap on the case page: a person, please; that it is solved; that details may be passed on.

use axum::extract::{Request, State};
use axum::response::Response;

use super::case::{does, proved};
use crate::respond::HolderDeed;
use crate::web::house::Shared;
use crate::web::problem::Problem;

/// `POST /case/person`
pub async fn ask_for_person(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (sent, id) = proved(&house, request).await?;
    sent.finish()?;
    does(&house, id, HolderDeed::AskForPerson).await
}

/// `POST /case/solved`
pub async fn solved(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (sent, id) = proved(&house, request).await?;
    sent.finish()?;
    does(&house, id, HolderDeed::Solved).await
}

/// `POST /case/consent`
pub async fn consent(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (mut sent, id) = proved(&house, request).await?;
    let given = match sent.one("given")?.as_deref() {
        Some("yes") => true,
        Some("no") => false,
        _ => return Err(Problem::unprocessable().field("given", "yes or no")),
    };
    sent.finish()?;
    does(&house, id, HolderDeed::Consent { given }).await
}
