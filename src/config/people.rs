//! Settings about people on the staff: what a guess costs, peppers, passwords that nobody may choose.

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::access::password::Cost;
use crate::master_key;
use crate::outside::SystemRandom;
use crate::respond::people::{Breached, Rules};

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    pub password_memory_kib: u32,
    pub password_passes: u32,
    pub pepper_files: Vec<PathBuf>,
    pub breached_passwords: String,
    pub codes_for_admins: bool,
    pub sign_in_burst: u32,
    pub sign_in_each_seconds: u32,
    pub forgotten_burst: u32,
    pub forgotten_each_seconds: u32,
}

impl People {
    fn cost(&self) -> Cost {
        Cost { memory_kib: self.password_memory_kib, passes: self.password_passes }
    }

    pub(super) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if !self.cost().is_enough() {
            faults.push(
                "people: password_memory_kib and password_passes are at least 19456 and 2, or 47104 and 1".to_owned(),
            );
        }
        if self.password_memory_kib > 4_194_304 || self.password_passes > 64 {
            faults.push("people: password_memory_kib is at most 4194304, password_passes at most 64".to_owned());
        }
        let rates = [self.sign_in_burst, self.sign_in_each_seconds, self.forgotten_burst, self.forgotten_each_seconds];
        if rates.contains(&0) {
            faults.push("people: every number is above zero".to_owned());
        }
        faults
    }

    /// The peppers in files, the one for new passwords first.
    pub fn peppers(&self) -> anyhow::Result<Vec<[u8; 32]>> {
        let read =
            |file: &PathBuf| master_key::read_or_make(file, false, &SystemRandom::default()).map(|kept| *kept.master);
        self.pepper_files.iter().map(read).collect()
    }

    /// What passwords have to be.
    pub fn rules(&self, brand: &str) -> anyhow::Result<Rules> {
        let breached = if self.breached_passwords.is_empty() {
            Breached::default()
        } else {
            let file = Path::new(&self.breached_passwords);
            Breached::read(&std::fs::read_to_string(file).with_context(|| file.display().to_string())?)
        };
        Ok(Rules { cost: self.cost(), breached, brand: brand.to_owned(), codes_for_admins: self.codes_for_admins })
    }
}

#[cfg(test)]
mod tests {
    use crate::config::tests::with;

    /// ID-01: the settings may only go up.
    #[test]
    fn a_cheaper_guess_than_the_least_keeps_the_house_from_starting() {
        let cheaper = with("[people]\npassword_memory_kib = 9216").unwrap_err().to_string();
        assert!(cheaper.contains("password_memory_kib"), "{cheaper}");
        assert!(with("[people]\npassword_passes = 1").is_err());
        assert!(with("[people]\npassword_memory_kib = 47104\npassword_passes = 1").is_ok());
    }
}
