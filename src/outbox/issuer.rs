//! Issuers that staff may sign in through: where they send people, how a code becomes a token, and their keys (ID-17).
//!
//! Everything goes through a guard of the issuer's own: its host and those that the settings list beside it, no other. What
//! it says of itself is believed only when it says that it is the issuer of the settings.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::http::request::Builder;
use hyper::{Method, Request};
use serde::Deserialize;
use tokio::sync::Mutex;
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

use super::client::Caller;
use super::guard::{Guard, Resolve};
use crate::access::id_token::{self, Expected, IdToken, Keys, Proofs, Refused};
use crate::intake::verify::Allowed;
use crate::time::{Span, Timestamp};

/// Everything about one call: a sign-in makes up to three of them.
const WAIT: Duration = Duration::from_secs(3);
/// Bytes of an answer.
const MOST: usize = 256 * 1024;
/// How long what an issuer says of itself is believed without asking again.
const KNOWN: Span = Span::from_minutes(60);
/// Between two looks for a key that is not there.
const LOOK: Span = Span::from_minutes(1);

/// What an issuer is made from. Not `Debug`: it holds a secret.
pub struct Terms {
    pub name: String,
    pub title: String,
    /// Exactly as its tokens name it.
    pub address: String,
    pub url: Url,
    pub networks: Allowed,
    /// Beside its own host.
    pub hosts: Vec<Url>,
    pub client: String,
    pub secret: Option<Zeroizing<String>>,
    pub proofs: Proofs,
    pub dated_back: Span,
}

/// An issuer of the settings.
pub struct Issuer {
    pub terms: Terms,
    caller: Caller,
    guard: Guard,
    known: Mutex<Option<Known>>,
}

/// What it said of itself, when, and when it was asked last.
struct Known {
    place: Arc<Place>,
    said: Timestamp,
    asked: Timestamp,
}

/// What an issuer says of itself.
pub struct Place {
    authorize: Url,
    token: Url,
    /// Whether the secret goes in a header, which is usual, and not in the form.
    by_header: bool,
    /// Whether it names itself in each answer (RFC 9207).
    pub names_itself: bool,
    keys: Keys,
}

/// What a person is sent to an issuer with.
pub struct Asked<'a> {
    pub back: &'a str,
    pub state: &'a str,
    pub nonce: &'a str,
    /// The S256 of the verifier.
    pub challenge: &'a str,
    pub no_older: Option<Span>,
}

/// Why no good token came: a word of ours.
pub type Word = &'static str;

/// The issuers of a house.
#[derive(Default)]
pub struct Issuers(pub Vec<Issuer>);

impl Issuers {
    pub fn named(&self, name: &str) -> Option<&Issuer> {
        self.0.iter().find(|issuer| issuer.terms.name == name)
    }

    pub fn at(&self, address: &str) -> Option<&Issuer> {
        self.0.iter().find(|issuer| issuer.terms.address == address)
    }

    /// The names of all and what they are called.
    pub fn titles(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|issuer| (issuer.terms.name.as_str(), issuer.terms.title.as_str())).collect()
    }

    /// What an issuer is called; one that is no longer in the settings by its address.
    pub fn title<'a>(&'a self, address: &'a str) -> &'a str {
        self.at(address).map_or(address, |issuer| &issuer.terms.title)
    }
}

/// The parts of a discovery document that are used.
#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

#[derive(Deserialize)]
struct Redeemed {
    id_token: Zeroizing<String>,
}

impl Issuer {
    /// An error when the system has no root certificates.
    pub fn new(terms: Terms, resolver: Arc<dyn Resolve>) -> anyhow::Result<Self> {
        let hosts = std::iter::once(&terms.url).chain(&terms.hosts);
        let guard = Guard::new(hosts.map(|url| (url, terms.networks.clone())));
        let caller = Caller::new(guard.clone(), resolver)?;
        Ok(Self { terms, caller, guard, known: Mutex::new(None) })
    }

    /// What it says of itself, asked anew when that is an hour old. What was known stays when it does not answer.
    pub async fn place(&self, now: Timestamp) -> Result<Arc<Place>, Word> {
        self.place_since(now, KNOWN).await
    }

    async fn place_since(&self, now: Timestamp, most: Span) -> Result<Arc<Place>, Word> {
        // Held while it is asked, so that many who come at once ask once.
        let mut known = self.known.lock().await;
        let within = |at: Timestamp, span: Span| (0..span.millis()).contains(&now.since(at).millis());
        if let Some(known) = &*known
            && (within(known.said, most) || within(known.asked, LOOK))
        {
            return Ok(Arc::clone(&known.place));
        }
        match (self.discover().await, &mut *known) {
            (Ok(place), known) => {
                let place = Arc::new(place);
                *known = Some(Known { place: Arc::clone(&place), said: now, asked: now });
                Ok(place)
            }
            (Err(_), Some(known)) => {
                known.asked = now;
                Ok(Arc::clone(&known.place))
            }
            (Err(word), None) => Err(word),
        }
    }

    /// Asks it what it is, whatever is known already.
    pub async fn discover(&self) -> Result<Place, Word> {
        let address = format!("{}/.well-known/openid-configuration", self.terms.address.trim_end_matches('/'));
        let found: Discovery = serde_json::from_slice(&self.get(&address).await?).map_err(|_| "discovery")?;
        if found.issuer != self.terms.address {
            return Err("another-issuer");
        }
        let at = |address: &str| self.guard.check(address).map_err(|_| "not-listed");
        let (authorize, token) = (at(&found.authorization_endpoint)?, at(&found.token_endpoint)?);
        let keys = Keys::read(&self.get(at(&found.jwks_uri)?.as_str()).await?).map_err(|_| "keys")?;
        let methods = found.token_endpoint_auth_methods_supported;
        let has = |wanted: &str| methods.iter().any(|method| method == wanted);
        Ok(Place {
            authorize,
            token,
            by_header: !has("client_secret_post") || has("client_secret_basic"),
            names_itself: found.authorization_response_iss_parameter_supported,
            keys,
        })
    }

    /// Where a person is sent to sign in.
    pub fn way_in(&self, place: &Place, asked: &Asked<'_>) -> String {
        let mut url = place.authorize.clone();
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("scope", "openid profile email")
            .append_pair("client_id", &self.terms.client)
            .append_pair("redirect_uri", asked.back)
            .append_pair("state", asked.state)
            .append_pair("nonce", asked.nonce)
            .append_pair("code_challenge", asked.challenge)
            .append_pair("code_challenge_method", "S256");
        if let Some(span) = asked.no_older {
            url.query_pairs_mut().append_pair("max_age", &(span.millis() / 1_000).to_string());
        }
        url.to_string()
    }

    /// Gives a code away for a token.
    pub async fn redeem(
        &self,
        place: &Place,
        (code, verifier, back): (&str, &str, &str),
    ) -> Result<Zeroizing<String>, Word> {
        let (request, body) = self.asking(place, (code, verifier, back));
        let answer = self.answer(request, body).await?;
        let redeemed: Redeemed = serde_json::from_slice(&answer).map_err(|_| "no-token")?;
        Ok(redeemed.id_token)
    }

    fn asking(&self, place: &Place, (code, verifier, back): (&str, &str, &str)) -> (Builder, Bytes) {
        let client = &self.terms.client;
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", back)
            .append_pair("client_id", client)
            .append_pair("code_verifier", verifier);
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(place.token.as_str())
            .header("content-type", "application/x-www-form-urlencoded");
        match &self.terms.secret {
            Some(secret) if place.by_header => {
                let plain = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
                let pair = Zeroizing::new(format!("{}:{}", plain(client), plain(secret)));
                request = request.header("authorization", format!("Basic {}", BASE64_STANDARD.encode(pair.as_bytes())));
            }
            Some(secret) => {
                form.append_pair("client_secret", secret);
            }
            None => {}
        }
        (request, Bytes::from(form.finish()))
    }

    /// Reads a token; a key that is not known is looked for, once a minute at most.
    pub async fn read(
        &self,
        token: &str,
        (nonce, no_older): (&str, Option<Span>),
        now: Timestamp,
    ) -> Result<IdToken, Word> {
        let terms = &self.terms;
        let expected = Expected {
            issuer: &terms.address,
            client: &terms.client,
            nonce,
            dated_back: terms.dated_back,
            no_older,
            proofs: &terms.proofs,
        };
        let place = self.place(now).await?;
        let read = match id_token::read(token, &place.keys, (&expected, now)) {
            Err(Refused::Key) => {
                let place = self.place_since(now, LOOK).await?;
                id_token::read(token, &place.keys, (&expected, now))
            }
            read => read,
        };
        read.map_err(Refused::as_str)
    }

    async fn get(&self, address: &str) -> Result<Vec<u8>, Word> {
        let url = self.guard.check(address).map_err(|_| "guard")?;
        self.answer(Request::builder().method(Method::GET).uri(url.as_str()), Bytes::new()).await
    }

    /// What is answered with 200; every other answer, redirects among them, is none.
    async fn answer(&self, request: Builder, body: Bytes) -> Result<Vec<u8>, Word> {
        let request = request
            .header("accept", "application/json")
            .header("user-agent", concat!("holdfast/", env!("CARGO_PKG_VERSION")))
            .body(Full::new(body))
            .map_err(|_| "address")?;
        let answered = async {
            let response = match self.caller.client.request(request).await {
                Ok(response) => response,
                Err(error) if error.is_connect() => return Err("no-connection"),
                Err(_) => return Err("cut-off"),
            };
            match response.status().as_u16() {
                200 => {}
                300..=399 => return Err("redirect"),
                400..=499 => return Err("not-let-in"),
                _ => return Err("status"),
            }
            let whole = Limited::new(response.into_body(), MOST).collect().await.map_err(|_| "answer")?;
            Ok(whole.to_bytes().to_vec())
        };
        tokio::time::timeout(WAIT, answered).await.unwrap_or(Err("late"))
    }
}

/// A word of an issuer that could not be asked, as a sentence.
pub fn plain(word: &str) -> &str {
    match word {
        "guard" | "not-listed" => "it names an address on a host that is neither its own nor in `hosts`",
        "no-connection" => "no server answers there, or its certificate is not one that this system trusts",
        "late" => "it takes longer than three seconds",
        "cut-off" | "answer" => "the connection broke off, or the answer is too long",
        "redirect" => "it sends elsewhere; name the address that it has itself",
        "not-let-in" | "status" => "it answers that there is no such document",
        "discovery" => "what it says of itself cannot be read",
        "another-issuer" => "it says that it is another issuer; `issuer` is written exactly as it writes it",
        "keys" => "none of its keys is for RS256, ES256 or EdDSA",
        other => other,
    }
}
