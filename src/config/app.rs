//! Apps whose signed links open the report page: `[[app]]` with their keys.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::secrets::live;
use crate::access::{self, AppKeys};

/// An app whose signed links open the report page.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    pub name: String,
    /// As people know it; the name when left out.
    pub title: Option<String>,
    pub secret_file: Option<PathBuf>,
    pub secret_env: Option<String>,
    pub previous_secret_file: Option<PathBuf>,
    pub previous_secret_env: Option<String>,
}

impl App {
    pub(super) fn made(&self) -> anyhow::Result<access::App> {
        let whose = || format!("app {:?}", self.name);
        let secrets = live(
            [
                (self.secret_file.as_deref(), self.secret_env.as_deref()),
                (self.previous_secret_file.as_deref(), self.previous_secret_env.as_deref()),
            ],
            whose,
        )?;
        let keys = AppKeys::new(&secrets.iter().map(|secret| secret.as_str()).collect::<Vec<_>>());
        let keys = keys.map_err(|fault| anyhow::anyhow!("{}: {fault}", whose()))?;
        Ok(access::App { title: self.title.clone().unwrap_or_else(|| self.name.clone()), keys })
    }
}
