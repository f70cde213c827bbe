//! What `holdfast doctor` says of issuers that staff sign in through: whether each can be reached and is who it should be.

use super::doctor::{Findings, Weight};
use crate::config::Config;
use crate::outbox::issuer::plain;

/// Asks each issuer what it is.
pub async fn settings(config: &Config, findings: &mut Findings) {
    for issuer in &config.issuer {
        let name = &issuer.name;
        let made = match issuer.made() {
            Ok(made) => made,
            Err(fault) => {
                findings.add(Weight::Broken, format!("{fault:#}"));
                continue;
            }
        };
        match made.discover().await {
            Ok(_) => findings.add(Weight::Good, format!("issuer {name}: can be reached, with keys that can be used")),
            Err(word) => findings.add(Weight::Broken, format!("issuer {name}: {}", plain(word))),
        }
        if issuer.two_factor_values.is_empty() && issuer.passkey_values.is_empty() {
            findings.add(
                Weight::Note,
                format!("issuer {name}: neither two_factor_values nor passkey_values, so everybody sets up a second factor here"),
            );
        }
    }
}
