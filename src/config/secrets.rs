//! Secrets from files and from the environment, of which this is the one reader.

use std::path::Path;

use zeroize::Zeroizing;

/// The current secret and, while it is being changed, the one before.
pub(super) fn live(
    [current, previous]: [(Option<&Path>, Option<&str>); 2],
    whose: impl Fn() -> String,
) -> anyhow::Result<Vec<Zeroizing<String>>> {
    let first = secret(current.0, current.1)?;
    let first = first.ok_or_else(|| anyhow::anyhow!("{}: needs secret_file or secret_env", whose()))?;
    Ok([Some(first), secret(previous.0, previous.1)?].into_iter().flatten().collect())
}

pub(super) fn secret(file: Option<&Path>, variable: Option<&str>) -> anyhow::Result<Option<Zeroizing<String>>> {
    let text = match (file, variable) {
        (Some(file), None) => {
            std::fs::read_to_string(file).map_err(|error| anyhow::anyhow!("{}: {error}", file.display()))?
        }
        #[expect(clippy::disallowed_methods, reason = "the one reader of the environment")]
        (None, Some(variable)) => std::env::var(variable).map_err(|error| anyhow::anyhow!("{variable}: {error}"))?,
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => anyhow::bail!("a secret comes from a file or from the environment, not from both"),
    };
    let text = Zeroizing::new(text);
    Ok(Some(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned())))
}
