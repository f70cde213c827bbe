//! One tap on the case page: a person, please; or that it is solved.

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
