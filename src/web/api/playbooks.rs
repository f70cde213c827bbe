//! The running playbooks, for staff.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

use super::json;
use crate::playbook::{Class, Kind, Words};
use crate::web::house::Shared;
use crate::web::problem::Problem;

#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    class: Class,
    title: &'a Words,
}

#[derive(Serialize)]
struct List<'a> {
    /// Digest of the running set.
    digest: &'a str,
    playbooks: Vec<Listed<'a>>,
}

/// Lists the playbooks in force.
#[utoipa::path(get, path = "/api/v1/playbooks", tag = "staff", responses((status = 200, description = "ids, classes, titles and the digest of the set", body = serde_json::Value)))]
pub async fn list(State(house): State<Shared>) -> Response {
    let set = &house.respond.room().playbooks;
    let playbooks =
        set.kinds.iter().map(|kind| Listed { id: &kind.id, class: kind.class, title: &kind.title }).collect();
    json(StatusCode::OK, &List { digest: &set.digest, playbooks })
}

#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    class: Class,
    title: &'a Words,
    summary: &'a Words,
    prior: i32,
    groups: Vec<ShownGroup<'a>>,
    sources: &'a [String],
}

#[derive(Serialize)]
struct ShownGroup<'a> {
    id: &'a str,
    cap: i32,
    signs: Vec<ShownSign<'a>>,
}

#[derive(Serialize)]
struct ShownSign<'a> {
    id: &'a str,
    weight: i32,
    because: &'a Words,
}

/// Shows one playbook with its weights.
#[utoipa::path(get, path = "/api/v1/playbooks/{id}", tag = "staff", params(("id" = String, Path, description = "id of the playbook")), responses((status = 200, description = "the playbook", body = serde_json::Value), (status = 404, description = "there is none")))]
pub async fn get(State(house): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let room = house.respond.room();
    let kind: &Kind = room.playbooks.kind(&id).ok_or_else(Problem::not_found)?;
    let groups = kind.groups.iter().map(|group| ShownGroup {
        id: &group.id,
        cap: group.cap,
        signs: group
            .signs
            .iter()
            .map(|sign| ShownSign { id: &sign.id, weight: sign.weight, because: &sign.because })
            .collect(),
    });
    let shown = Shown {
        id: &kind.id,
        class: kind.class,
        title: &kind.title,
        summary: &kind.summary,
        prior: kind.prior,
        groups: groups.collect(),
        sources: &kind.sources,
    };
    Ok(json(StatusCode::OK, &shown))
}
