//! `POST /staff/views`: gives the list of an address a name, or takes the name away.

use axum::extract::{Request, State};
use axum::response::Response;

use super::{Posted, lead, lens_of, posted};
use crate::access::Permission;
use crate::respond::desk::Lens;
use crate::text::clean_name;
use crate::web::body;
use crate::web::house::Shared;
use crate::web::pages::staff::actions;
use crate::web::problem::Problem;

/// Characters of a name.
const NAME: usize = 60;

/// Keeps or drops a view.
pub async fn keep_view(State(house): State<Shared>, request: Request) -> axum::response::Result<Response> {
    let Posted { desk, mut sent, .. } = posted(&house, request, Permission::ReadQueue).await?;
    let name = clean_name(&sent.required("name")?, NAME).ok().filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| Problem::unprocessable().field("name", "1 to 60 characters"))?;
    let query = sent.one("query")?.unwrap_or_default();
    let uri = format!("/?{query}").parse().map_err(|_| Problem::unprocessable().field("query", "a list"))?;
    // Only what a list understands is kept, written our way; never the words of a search, which name people.
    let lens = Lens { search: String::new(), ..lens_of(&mut body::query(&uri)?)? };
    let address = actions::list(&lens);
    let drop = sent.one("drop")?.is_some();
    sent.finish()?;
    if drop {
        house.respond.drop_view(&desk.staff.name, &name).await?;
    } else if !house.respond.keep_view(&desk.staff.name, (&name, &address)).await? {
        return Err(Problem::unprocessable().field("name", "at most 50 views").into());
    }
    Ok(lead(&address))
}
