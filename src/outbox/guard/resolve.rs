//! Resolving through the guard: the only way by which a name becomes an address to connect to.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::dns::Name;
use tower::Service;

use super::Guard;

/// The addresses of a name, or the fault.
pub type Answered = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Who knows the addresses of names: the system, in tests a stub.
pub trait Resolve: Send + Sync {
    fn resolve(&self, host: &str) -> Answered;
}

/// The system's resolver.
pub struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, host: &str) -> Answered {
        let host = host.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// A resolver for the client that answers with checked addresses alone, so that what was checked is what is called.
#[derive(Clone)]
pub struct Guarded {
    pub guard: Guard,
    pub resolver: Arc<dyn Resolve>,
}

impl Service<Name> for Guarded {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let (guard, asked) = (self.guard.clone(), self.resolver.resolve(name.as_str()));
        Box::pin(async move {
            let answers = asked.await?;
            guard.check_answers(name.as_str(), &answers).map_err(io::Error::other)?;
            let addresses: Vec<SocketAddr> = answers.into_iter().map(|address| SocketAddr::new(address, 0)).collect();
            Ok(addresses.into_iter())
        })
    }
}
