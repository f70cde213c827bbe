//! The one room that knows there are two engines: statements, arguments, rows, transactions, opening.
//!
//! Everything else in the store is written once, as constants of [`Sql`] and functions over [`Tx`].

mod error;
mod json;
mod open;
mod postgres;
mod schema;
mod sight;
mod sqlite;
mod tx;
mod value;

pub use error::{Error, Result};
pub(super) use json::{hex, millis, rows, span};
pub(super) use open::STATEMENTS;
pub use open::{Config, Db};
pub use sight::Sight;
pub(super) use sight::in_sight;
pub use tx::Tx;
pub(super) use value::args;
pub use value::{Arg, Row, Value};

/// One statement: a single text where both engines speak alike, two side by side where they differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sql {
    sqlite: &'static str,
    postgres: &'static str,
}

impl Sql {
    /// A text that both engines understand; arguments are `$1`, `$2` and so on.
    pub const fn both(text: &'static str) -> Self {
        Self { sqlite: text, postgres: text }
    }

    /// The same request in each engine's own words.
    pub const fn forked(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite, postgres }
    }

    /// The table the statement is about, for errors: the word after its first `into`, `update` or `from` that
    /// is no bracket.
    pub fn table(self) -> &'static str {
        let mut words = self.postgres.split_whitespace();
        while let Some(word) = words.next() {
            if matches!(word, "into" | "update" | "from")
                && let Some(table) = words.next().filter(|table| !table.starts_with('('))
            {
                return table;
            }
        }
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_names_its_table() {
        assert_eq!(Sql::both("select a from incident where b = $1").table(), "incident");
        assert_eq!(Sql::both("insert into token (id) values ($1)").table(), "token");
        assert_eq!(Sql::both("update setup\n set used = $1").table(), "setup");
        assert_eq!(Sql::both("select count(*) from (\n select 1 from audit limit 9)").table(), "audit");
        assert_eq!(Sql::both("begin immediate").table(), "");
    }
}
