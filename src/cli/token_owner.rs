//! Whose a token is, on the command line.

use clap::Args;

/// Whose deeds a token's are
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct TokenOwner {
    /// The login of somebody on the staff: it ends with their account
    #[arg(long, value_name = "LOGIN")]
    pub person: Option<String>,
    /// The name of a program
    #[arg(long, value_name = "NAME")]
    pub program: Option<String>,
}
