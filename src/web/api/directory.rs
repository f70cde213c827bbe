//! The directory: the wallet backend tells whose names are whose, staff say whom an alert about nobody known is about.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::json;
use crate::respond::{AccountNames, Attached, Name, Unattributed};
use crate::text::{Checksum, parse_wallet};
use crate::web::body;
use crate::web::guard::Staff;
use crate::web::house::Shared;
use crate::web::problem::Problem;

/// Accounts of one call; more come in further calls.
const ACCOUNTS: usize = 1_000;
/// Characters of one name.
const LONGEST: usize = 320;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    accounts: Vec<Account>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Account {
    account: String,
    #[serde(default)]
    names: Names,
    /// Names that are not the account's any more.
    gone: Option<Names>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    #[serde(default)]
    wallets: Vec<String>,
    #[serde(default)]
    users: Vec<String>,
    #[serde(default)]
    logins: Vec<String>,
    #[serde(default)]
    emails: Vec<String>,
    #[serde(default)]
    phones: Vec<String>,
    #[serde(default)]
    devices: Vec<String>,
}

fn bad(field: &'static str, rule: &'static str) -> Problem {
    Problem::unprocessable().field(field, rule)
}

impl Names {
    /// In the forms in which alerts name them.
    fn read(self) -> Result<Vec<Name>, Problem> {
        let mut names = Vec::new();
        for address in self.wallets {
            let wallet = parse_wallet(None, &address).ok().filter(|wallet| wallet.checksum != Checksum::Bad);
            let wallet = wallet.ok_or_else(|| bad("wallets", "an address with a good checksum"))?;
            names.push(Name { space: "wallet", field: "wallet", value: wallet.value });
        }
        let identities = [("user", self.users), ("login", self.logins), ("email", self.emails), ("phone", self.phones)];
        for (field, values) in identities {
            let lower = |value: String| Name { space: "identity", field, value: value.trim().to_lowercase() };
            names.extend(values.into_iter().map(lower));
        }
        names.extend(self.devices.into_iter().map(|value| Name { space: "device", field: "device", value }));
        if names.iter().any(|name| name.value.is_empty() || name.value.len() > LONGEST) {
            return Err(bad("accounts", "a name is 1 to 320 characters"));
        }
        Ok(names)
    }
}

/// Learns which account owns which wallets, users, logins, e-mail addresses, telephone numbers and devices:
/// `{accounts: [{account, names?: {wallets?, users?, logins?, emails?, phones?, devices?}, gone?: {…}}]}`, up to 1,000 accounts. Calls
/// add up; a name leads to one account, the last that was told. Only keyed digests are kept. Alerts about nobody known that
/// bear such a name find their account.
#[utoipa::path(post, path = "/api/v1/directory", tag = "operation", request_body = serde_json::Value,
    responses((status = 200, description = "how many names are new or moved, and incidents that found their account", body = serde_json::Value), (status = 422, description = "a bad address or too many accounts; nothing was kept")))]
pub async fn learn(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    request: Request,
) -> Result<Response, Problem> {
    let Told { accounts } = body::read(request, body::STAFF_JSON).await?.json()?;
    if accounts.len() > ACCOUNTS {
        return Err(bad("accounts", "1,000 at most"));
    }
    let mut entries = Vec::with_capacity(accounts.len());
    for Account { account, names, gone } in accounts {
        if account.trim().is_empty() || account.len() > LONGEST {
            return Err(bad("account", "1 to 320 characters"));
        }
        entries.push(AccountNames { account, names: names.read()?, gone: gone.unwrap_or_default().read()? });
    }
    Ok(json(StatusCode::OK, &house.respond.learn_names(&staff.name, entries).await?))
}

#[derive(Serialize)]
struct Nobodys {
    incidents: Vec<Unattributed>,
}

/// Lists open incidents of alerts about nobody known, the newest first.
#[utoipa::path(get, path = "/api/v1/unattributed", tag = "staff", responses((status = 200, description = "the incidents", body = serde_json::Value)))]
pub async fn unattributed(State(house): State<Shared>) -> Result<Response, Problem> {
    Ok(json(StatusCode::OK, &Nobodys { incidents: house.respond.unattributed().await? }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whose {
    account: String,
}

/// Says whom an incident about nobody known is about: `{account}`.
#[utoipa::path(post, path = "/api/v1/unattributed/{id}/attach", tag = "staff", params(("id" = String, Path, description = "id of the incident")), request_body = serde_json::Value,
    responses((status = 200, description = "further alerts of the account join it", body = serde_json::Value), (status = 409, description = "it is somebody's already, or the account has an open incident, which is named")))]
pub async fn attach(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let Whose { account } = body::read(request, body::STAFF_JSON).await?.json()?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    if account.trim().is_empty() || account.len() > LONGEST {
        return Err(bad("account", "1 to 320 characters"));
    }
    attached(house.respond.attach(&staff.name, id, account.trim()).await?)?;
    Ok(json(StatusCode::OK, &serde_json::json!({ "incident": id, "attached": true })))
}

/// A refusal for what could not be attached.
pub fn attached(outcome: Attached) -> Result<(), Problem> {
    match outcome {
        Attached::Done => Ok(()),
        Attached::NotNobodys => {
            Err(Problem::conflict().named("not-unattributed").detail("it is closed, or somebody's already"))
        }
        Attached::Beside(other) => Err(Problem::conflict()
            .named("account-has-incident")
            .detail("the account has an open incident of its own")
            .with("incident", serde_json::json!(other))),
    }
}
