//! `playbooks/help-lines.yaml`: whom to call, by region.

use serde::{Deserialize, Serialize};

use super::shape::Words;

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// ISO 3166-1 alpha-2, or `EU`.
    pub region: String,
    /// The number for danger to life.
    pub emergency: String,
    pub report: Vec<Channel>,
}

impl Region {
    /// Adds the traditional script.
    pub fn fill(&mut self) {
        for channel in &mut self.report {
            channel.name.fill();
            channel.purpose.fill();
        }
    }
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    pub name: Words,
    /// A telephone number or domain, shown as text.
    pub contact: String,
    #[serde(rename = "use")]
    pub purpose: Words,
    pub source: String,
}
