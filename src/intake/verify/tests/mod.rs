//! What a forger may try and what a rightful sender must never be refused for.

mod configuration;
mod credentials;
mod equal_time;
mod messages;
mod other_schemes;
mod samples;
mod shared_key;
mod standard_webhooks;
mod time_window;

use super::{Delivery, Key, KeyForm, Refused, Scheme, Secret, Verified, Verifier};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

const NOW: i64 = 1_614_265_330;

fn scheme(yaml: &str) -> Scheme {
    serde_saphyr::from_str(yaml).expect("the scheme of a test reads")
}

fn verifier(yaml: &str, secrets: &[&str]) -> Verifier {
    let secrets: Vec<_> = secrets.iter().map(|text| secret(text)).collect();
    Verifier::new(&scheme(yaml), &secrets).expect("the scheme and secrets of a test fit")
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned()).expect("the secret of a test is one")
}

fn key(text: &str) -> Key {
    Key::decode(&secret(text), KeyForm::Text).expect("any text is a key")
}

/// One request, given to verifiers at a second of the tests' choosing.
#[derive(Clone)]
struct Request {
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Request {
    fn new(headers: &[(&str, &str)], body: &[u8]) -> Self {
        let empty = Self { headers: HeaderMap::new(), body: body.to_vec() };
        headers.iter().fold(empty, |request, (name, value)| request.and(name, value))
    }

    /// The request with one header more, beside any of that name.
    fn and(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a header name");
        self.headers.append(name, HeaderValue::from_str(value).expect("a header value"));
        self
    }

    /// The request with another value of one header.
    fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.remove(name);
        self.and(name, value)
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    fn given_to(&self, verifier: &Verifier, unix_seconds: i64) -> Result<Verified, Refused> {
        verifier.verify(&Delivery {
            url: "",
            client: None,
            headers: &self.headers,
            body: &self.body,
            now_ms: unix_seconds * 1000,
        })
    }
}
