//! Values on their way into a statement and out of a row.

use std::str::FromStr;

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Arguments, Encode, Postgres, Row as _, Sqlite, Type};

use super::{Error, Result};
use crate::id::Id;
use crate::time::{Span, Timestamp};

/// One argument of a statement. A null keeps its type, which PostgreSQL asks for.
#[derive(Debug)]
pub enum Arg {
    Number(Option<i64>),
    Text(Option<String>),
    Flag(bool),
    Bytes(Option<Vec<u8>>),
}

/// Arguments of a statement, in the order of `$1`, `$2` and so on.
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::db::Arg::from($value)),*] };
}
pub(in crate::store) use args;

impl Arg {
    /// The arguments as one engine's driver wants them.
    pub(super) fn bound<A: Arguments>(table: &'static str, args: Vec<Self>) -> Result<A>
    where
        Option<i64>: for<'q> Encode<'q, A::Database> + Type<A::Database>,
        Option<String>: for<'q> Encode<'q, A::Database> + Type<A::Database>,
        bool: for<'q> Encode<'q, A::Database> + Type<A::Database>,
        Option<Vec<u8>>: for<'q> Encode<'q, A::Database> + Type<A::Database>,
    {
        let mut bound = A::default();
        for arg in args {
            match arg {
                Self::Number(value) => bound.add(value),
                Self::Text(value) => bound.add(value),
                Self::Flag(value) => bound.add(value),
                Self::Bytes(value) => bound.add(value),
            }
            .map_err(|cause| Error::Failed { table, source: sqlx::Error::Encode(cause) })?;
        }
        Ok(bound)
    }
}

macro_rules! arg_from {
    ($($from:ty => $variant:ident |$value:ident| $made:expr;)*) => {
        $(impl From<$from> for Arg {
            fn from($value: $from) -> Self {
                Self::$variant($made)
            }
        })*
    };
}

arg_from! {
    i64 => Number |value| Some(value);
    Option<i64> => Number |value| value;
    // a count beyond i64 becomes null, which every column that takes a count refuses
    usize => Number |value| i64::try_from(value).ok();
    Timestamp => Number |value| Some(value.millis());
    Option<Timestamp> => Number |value| value.map(Timestamp::millis);
    Span => Number |value| Some(value.millis());
    bool => Flag |value| value;
    &str => Text |value| Some(value.to_owned());
    &String => Text |value| Some(value.clone());
    String => Text |value| Some(value);
    Option<&str> => Text |value| value.map(str::to_owned);
    &[u8] => Bytes |value| Some(value.to_vec());
    &Vec<u8> => Bytes |value| Some(value.clone());
    Option<&[u8]> => Bytes |value| value.map(<[u8]>::to_vec);
}

impl<T> From<Id<T>> for Arg {
    fn from(id: Id<T>) -> Self {
        Self::Text(Some(id.to_string()))
    }
}

/// One row of an answer.
pub struct Row {
    pub(super) table: &'static str,
    pub(super) cells: Cells,
}

pub(super) enum Cells {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// The column's value; null, a value of another type or one out of shape is [`Error::Corrupt`].
    pub fn get<T: Value>(&self, column: &'static str) -> Result<T> {
        self.maybe(column)?.ok_or(self.corrupt(column))
    }

    /// The column's value, none when it is null.
    pub fn maybe<T: Value>(&self, column: &'static str) -> Result<Option<T>> {
        T::read(self, column)
    }

    /// The column's text, read as one of our own words.
    pub fn parse<T: FromStr>(&self, column: &'static str) -> Result<T> {
        let text: String = self.get(column)?;
        text.parse().map_err(|_| self.corrupt(column))
    }

    fn corrupt(&self, column: &'static str) -> Error {
        Error::Corrupt { table: self.table, column }
    }

    fn cell<T>(&self, column: &'static str) -> Result<Option<T>>
    where
        T: for<'r> sqlx::Decode<'r, Sqlite> + Type<Sqlite> + for<'r> sqlx::Decode<'r, Postgres> + Type<Postgres>,
    {
        match &self.cells {
            Cells::Sqlite(row) => row.try_get(column),
            Cells::Postgres(row) => row.try_get(column),
        }
        .map_err(|_| self.corrupt(column))
    }
}

/// What a column can hold.
pub trait Value: Sized {
    /// Reads a column, none when it is null.
    fn read(row: &Row, column: &'static str) -> Result<Option<Self>>;
}

macro_rules! plain_value {
    ($($plain:ty),*) => {
        $(impl Value for $plain {
            fn read(row: &Row, column: &'static str) -> Result<Option<Self>> {
                row.cell(column)
            }
        })*
    };
}

plain_value!(i64, bool, String, Vec<u8>);

impl Value for Timestamp {
    fn read(row: &Row, column: &'static str) -> Result<Option<Self>> {
        Ok(row.cell(column)?.map(Self::from_millis))
    }
}

impl Value for Span {
    fn read(row: &Row, column: &'static str) -> Result<Option<Self>> {
        Ok(row.cell(column)?.map(Self::from_millis))
    }
}

impl<T> Value for Id<T> {
    fn read(row: &Row, column: &'static str) -> Result<Option<Self>> {
        let text: Option<String> = row.cell(column)?;
        text.map(|text| text.parse().map_err(|_| row.corrupt(column))).transpose()
    }
}
