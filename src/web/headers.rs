//! The headers that every answer carries (OUT-02, OUT-03), and the nonce that page code marks its style and script
//! with. No CORS header is ever set (SES-10).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::id::Random;

/// Where browsers post what the content security policy stopped.
pub const CSP_REPORTS: &str = "/csp-reports";

/// A request extension: the word that a page's own `style` and `script` elements carry, fresh for each answer.
#[derive(Clone, Default)]
pub struct Nonce(String);

impl Nonce {
    fn new(random: &dyn Random) -> Self {
        let mut bytes = [0; 16];
        random.fill(&mut bytes);
        Self(BASE64_URL_SAFE_NO_PAD.encode(bytes))
    }

    /// For the `nonce` attribute.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A response extension: a file from outside, which no browser is to show as a page of ours (IN-13).
#[derive(Clone, Copy)]
pub struct Sandboxed;

const ALWAYS: [(HeaderName, &str); 9] = [
    (header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("origin-agent-cluster"), "?1"),
];
const REPORTING_ENDPOINTS: HeaderName = HeaderName::from_static("reporting-endpoints");
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
const SANDBOX: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'");

/// The layer around every answer. What is not marked by its handler as cacheable is not stored anywhere.
pub async fn dress(State(random): State<Arc<dyn Random>>, mut request: Request, next: Next) -> Response {
    let nonce = Nonce::new(&*random);
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let sandboxed = response.extensions().get::<Sandboxed>().is_some();
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.remove(header::SERVER);
    let policy = if sandboxed {
        SANDBOX
    } else if is_page(headers) {
        headers.insert(REPORTING_ENDPOINTS, reporting());
        page_policy(&nonce)
    } else {
        NOTHING
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn is_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    kind.get(..9).is_some_and(|start| start.eq_ignore_ascii_case(b"text/html"))
}

fn page_policy(nonce: &Nonce) -> HeaderValue {
    let nonce = nonce.as_str();
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self'; \
         font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
         object-src 'none'; require-trusted-types-for 'script'; report-to csp"
    );
    HeaderValue::try_from(policy).expect("base64 and our own words are visible ASCII")
}

fn reporting() -> HeaderValue {
    HeaderValue::try_from(format!("csp=\"{CSP_REPORTS}\"")).expect("our own path is visible ASCII")
}
