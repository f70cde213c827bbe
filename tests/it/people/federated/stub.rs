//! An issuer of a story: it knows nothing but what a code is worth, and says what it is told to say.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, MutexGuard};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD as BASE64};
use ring::digest::{SHA256, digest};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use url::Url;

use crate::support::server::serve;
use holdfast::time::Timestamp;

pub const CLIENT: &str = "holdfast-console";
pub const SECRET: &str = "a secret of the client: 100%";

/// What a code is worth, once.
struct Grant {
    token: String,
    challenge: String,
    back: String,
}

/// One issuer of many at this server: what it signs with, and what it says that is not so.
#[derive(Default)]
struct Tenant {
    key: u8,
    lies: Option<Value>,
    asked: u32,
    /// Who sits there before it.
    visitor: Option<(String, Timestamp)>,
}

#[derive(Default)]
struct State {
    codes: BTreeMap<String, Grant>,
    tenants: BTreeMap<String, Tenant>,
    next: u32,
}

static STATE: LazyLock<Mutex<State>> = LazyLock::new(Mutex::default);
static HOME: LazyLock<String> = LazyLock::new(|| {
    let router = Router::new()
        .route("/{tenant}/.well-known/openid-configuration", get(discovery))
        .route("/{tenant}/authorize", get(authorize))
        .route("/{tenant}/keys", get(keys))
        .route("/{tenant}/token", post(token));
    format!("http://{}", serve(router))
});

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap()
}

/// The address of an issuer.
pub fn address(tenant: &str) -> String {
    format!("{}/{tenant}", *HOME)
}

/// Has an issuer sign with another key.
pub fn rotate(tenant: &str, key: u8) {
    state().tenants.entry(tenant.to_owned()).or_default().key = key;
}

/// Has an issuer say something else of itself.
pub fn lie(tenant: &str, lies: Option<Value>) {
    state().tenants.entry(tenant.to_owned()).or_default().lies = lies;
}

/// How often the keys of an issuer were asked for.
pub fn asked(tenant: &str) -> u32 {
    state().tenants.get(tenant).map_or(0, |tenant| tenant.asked)
}

fn pair(key: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[key; 32]).unwrap()
}

fn key_of(tenant: &str) -> u8 {
    state().tenants.get(tenant).map_or(0, |tenant| tenant.key)
}

/// What was asked for in the address that somebody was sent to.
pub fn asked_for(way: &Url, name: &str) -> String {
    way.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn tenant_of(way: &Url) -> String {
    way.path_segments().unwrap().next().unwrap().to_owned()
}

/// What this issuer says of somebody who was sent there, before a story changes it.
pub fn claims(way: &Url, (subject, now): (&str, Timestamp)) -> Value {
    let seconds = now.millis() / 1_000;
    json!({
        "iss": address(&tenant_of(way)), "sub": subject, "aud": CLIENT, "exp": seconds + 300, "iat": seconds,
        "nonce": asked_for(way, "nonce"), "auth_time": seconds, "name": format!("Called {subject}"),
        "email": format!("{subject}@example.com"), "email_verified": true,
    })
}

/// Signs claims with an issuer's key of now, or another.
pub fn signed(way: &Url, claims: &Value, key: Option<u8>) -> String {
    let own = key_of(&tenant_of(way));
    let header = json!({"alg": "EdDSA", "kid": format!("key-{}", key.unwrap_or(own)), "typ": "JWT"});
    let text = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
    let signature = pair(key.unwrap_or(own)).sign(text.as_bytes());
    format!("{text}.{}", BASE64.encode(signature))
}

/// A code that is worth this token to whoever began this sign-in.
pub fn code(way: &Url, token: String) -> String {
    let mut state = state();
    state.next += 1;
    let code = format!("code-{}", state.next);
    let grant = Grant { token, challenge: asked_for(way, "code_challenge"), back: asked_for(way, "redirect_uri") };
    state.codes.insert(code.clone(), grant);
    code
}

fn json_answer(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

async fn discovery(Path(tenant): Path<String>) -> Response {
    let own = address(&tenant);
    let mut said = json!({
        "issuer": own, "authorization_endpoint": format!("{own}/authorize"), "token_endpoint": format!("{own}/token"),
        "jwks_uri": format!("{own}/keys"), "response_types_supported": ["code"],
    });
    let lies = state().tenants.get(&tenant).and_then(|tenant| tenant.lies.clone());
    for (name, lie) in lies.as_ref().and_then(Value::as_object).into_iter().flatten() {
        if name == "redirect" {
            return (StatusCode::FOUND, [(header::LOCATION, lie.as_str().unwrap().to_owned())]).into_response();
        }
        said[name] = lie.clone();
    }
    json_answer(&said)
}

/// Has somebody sit before an issuer who signs in there with two factors at once.
pub fn visited_by(tenant: &str, (subject, now): (&str, Timestamp)) {
    state().tenants.entry(tenant.to_owned()).or_default().visitor = Some((subject.to_owned(), now));
}

async fn authorize(Path(tenant): Path<String>, OriginalUri(uri): OriginalUri) -> Response {
    let way = Url::parse(&format!("{}{uri}", *HOME)).unwrap();
    let visitor = state().tenants.get(&tenant).and_then(|tenant| tenant.visitor.clone());
    let Some((subject, now)) = visitor else { return StatusCode::FORBIDDEN.into_response() };
    let mut claims = claims(&way, (&subject, now));
    claims["amr"] = json!(["mfa"]);
    let code = code(&way, signed(&way, &claims, None));
    let mut back = Url::parse(&asked_for(&way, "redirect_uri")).unwrap();
    back.query_pairs_mut().append_pair("code", &code).append_pair("state", &asked_for(&way, "state"));
    (StatusCode::FOUND, [(header::LOCATION, back.to_string())]).into_response()
}

async fn keys(Path(tenant): Path<String>) -> Response {
    let mut state = state();
    let tenant = state.tenants.entry(tenant).or_default();
    tenant.asked += 1;
    let x = BASE64.encode(pair(tenant.key).public_key().as_ref());
    let kid = format!("key-{}", tenant.key);
    json_answer(&json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "use": "sig", "kid": kid, "x": x}]}))
}

/// Gives a token for a code once, to our client alone, with the verifier and the address that it was begun with.
async fn token(headers: HeaderMap, body: Bytes) -> Response {
    let form: BTreeMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
    let secret: String = url::form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let login = format!("Basic {}", BASE64_STANDARD.encode(format!("{CLIENT}:{secret}")));
    let grant = state().codes.remove(&form["code"]);
    let fits = |grant: &Grant| {
        grant.challenge == BASE64.encode(digest(&SHA256, form["code_verifier"].as_bytes()))
            && grant.back == form["redirect_uri"]
            && form["grant_type"] == "authorization_code"
            && headers.get(header::AUTHORIZATION).is_some_and(|given| given == login.as_str())
    };
    match grant.filter(fits) {
        Some(grant) => json_answer(&json!({"access_token": "x", "token_type": "Bearer", "id_token": grant.token})),
        None => (StatusCode::BAD_REQUEST, "{\"error\": \"invalid_grant\"}").into_response(),
    }
}
