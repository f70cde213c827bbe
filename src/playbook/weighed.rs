//! A set that reads texts by weights of its own.

use super::compile::{Files, compile};
use super::fault::Fault;
use super::learned::{BUILTIN, Weights};
use super::set::Set;

/// Compiles files with the weights of the learned sign beside them; with none, those compiled in.
pub fn compile_weighed(files: &Files, digest: String, weights: Option<&[u8]>) -> Result<Set, Vec<Fault>> {
    let own = weights.filter(|weights| *weights != BUILTIN).map(Weights::read).transpose();
    let own = own.map_err(|error| vec![Fault::in_text("text-sign.weights", "", &[], error.to_string())])?;
    let mut set = compile(files, digest)?;
    if let Some(own) = own {
        set.learn(own);
    }
    Ok(set)
}
