//! The ways out and the chats, put together from the settings.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{self, Config};
use crate::guidance::template::Templates;
use crate::outbox::Outbox;
use crate::outbox::guard::SystemResolver;
use crate::web::house::Chats;

/// The operator's own words, with a line in the log for each that is not used.
pub fn templates(config: &Config) -> Templates {
    let (templates, faults) = config.templates();
    for fault in faults {
        tracing::warn!(%fault, "built-in words are used: {fault}");
    }
    templates
}

/// The way out to what the settings name, and to nothing else; and the chats that staff may ask from.
pub fn outbox(config: &Config) -> anyhow::Result<(Outbox, Chats)> {
    let backends = config.backend.iter().map(config::Backend::target).collect::<anyhow::Result<_>>()?;
    let channels = config.target.iter().map(|target| target.channel(config)).collect::<anyhow::Result<_>>()?;
    let (mut desks, mut robots) = (Chats::new(), BTreeMap::new());
    for chat in &config.chat {
        let made = chat.made()?;
        desks.insert(chat.name.clone(), made.desk);
        robots.insert(chat.name.clone(), made.robot);
    }
    Ok((Outbox::with_robots((backends, channels), robots, Arc::new(SystemResolver))?, desks))
}
