//! The way out, put together from the settings.

use std::sync::Arc;

use crate::config::{self, Config};
use crate::outbox::Outbox;
use crate::outbox::guard::SystemResolver;

/// The way out to what the settings name, and to nothing else.
pub fn outbox(config: &Config) -> anyhow::Result<Outbox> {
    let backends = config.backend.iter().map(config::Backend::target).collect::<anyhow::Result<_>>()?;
    let channels = config.target.iter().map(|target| target.channel(config)).collect::<anyhow::Result<_>>()?;
    Outbox::new(backends, channels, Arc::new(SystemResolver))
}
