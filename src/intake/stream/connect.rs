//! A connection to one server: its name resolved once with every address checked, its certificate held to that name.

use std::sync::Arc;
use std::time::Duration;

use async_nats::rustls::client::WebPkiServerVerifier;
use async_nats::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use async_nats::rustls::pki_types::pem::PemObject;
use async_nats::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use async_nats::rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme, crypto::ring};
use async_nats::{Client, ConnectErrorKind, ConnectOptions, Event};
use tokio_util::sync::CancellationToken;

use super::{Consumer, Login, Server, Stream};

/// Until a connection is there, for each address.
const CONNECT: Duration = Duration::from_secs(5);
/// For each question to the server.
const ANSWER: Duration = Duration::from_secs(10);

/// A connection, and what is cancelled when it breaks.
pub(super) struct Connection {
    pub client: Client,
    pub broken: CancellationToken,
}

impl Consumer {
    /// Connects; a word of ours when that fails, for a cause could hold an address.
    pub(super) async fn connect(&self, server: &Server) -> Result<Connection, &'static str> {
        let addresses = self.caller.addresses(&server.host, server.port).await?;
        let scheme = if server.tls { "tls" } else { "nats" };
        let urls: Vec<String> = addresses.iter().map(|address| format!("{scheme}://{address}")).collect();
        let broken = CancellationToken::new();
        let (heard, name) = (broken.clone(), self.stream.name.clone());
        let options = login(&self.stream.login)?
            .name("holdfast")
            .require_tls(server.tls)
            .connection_timeout(CONNECT)
            .request_timeout(Some(ANSWER))
            // What a server tells of others is no list of ours, and each connection is checked anew.
            .ignore_discovered_servers()
            .max_reconnects(urls.len())
            .event_callback(move |event| {
                match event {
                    Event::Disconnected | Event::Closed | Event::LameDuckMode => heard.cancel(),
                    Event::ServerError(error) => {
                        tracing::warn!(stream = %name, "stream {name}: the server says: {error}");
                    }
                    Event::Connected | Event::Draining | Event::SlowConsumer(_) | Event::ClientError(_) => {}
                }
                std::future::ready(())
            });
        let options = if server.tls { options.tls_client_config(trusting(&self.stream, server)?) } else { options };
        let connected = options.connect(urls).await.map_err(|error| match error.kind() {
            ConnectErrorKind::Authentication | ConnectErrorKind::AuthorizationViolation => "login",
            ConnectErrorKind::Tls => "certificate",
            ConnectErrorKind::TimedOut => "late",
            ConnectErrorKind::Io if is_certificate(&error) => "certificate",
            ConnectErrorKind::ServerParse
            | ConnectErrorKind::Dns
            | ConnectErrorKind::Io
            | ConnectErrorKind::MaxReconnects => "no-connection",
        });
        Ok(Connection { client: connected?, broken })
    }
}

fn is_certificate(error: &dyn std::error::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if text.contains("certificate") {
            return true;
        }
        cause = error.source();
    }
    false
}

fn login(login: &Login) -> Result<ConnectOptions, &'static str> {
    let options = ConnectOptions::new();
    Ok(match login {
        Login::Nobody => options,
        Login::Token(token) => options.token(token.to_string()),
        Login::Password { user, password } => options.user_and_password(user.clone(), password.to_string()),
        Login::Credentials(text) => options.credentials(text).map_err(|_| "login")?,
        Login::Nkey(seed) => options.nkey(seed.to_string()),
    })
}

/// Trusts the certificate of the configured name, whatever address it was reached by.
#[derive(Debug)]
struct Named {
    name: ServerName<'static>,
    trusted: Arc<WebPkiServerVerifier>,
}

fn trusting(stream: &Stream, server: &Server) -> Result<ClientConfig, &'static str> {
    let mut roots = RootCertStore::empty();
    match &stream.authority {
        Some(pem) => {
            for certificate in CertificateDer::pem_slice_iter(pem) {
                roots.add(certificate.map_err(|_| "certificate")?).map_err(|_| "certificate")?;
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    let provider = Arc::new(ring::default_provider());
    let trusted = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
    let trusted = trusted.build().map_err(|_| "certificate")?;
    let bare = server.host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let name = ServerName::try_from(bare).map_err(|_| "certificate")?;
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    Ok(builder
        .map_err(|_| "certificate")?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Named { name, trusted }))
        .with_no_client_auth())
}

impl ServerCertVerifier for Named {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        // The name given here is the address that was connected to.
        self.trusted.verify_server_cert(end_entity, intermediates, &self.name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.trusted.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.trusted.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.trusted.supported_verify_schemes()
    }
}
