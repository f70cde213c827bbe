//! A table as CSV (RFC 4180). Words that a spreadsheet would run as a formula are kept words.

use super::table::{Cell, Table};
use crate::text::cell;

/// The table with a line of column names, lines ended by CRLF.
pub fn csv(table: &Table) -> String {
    let mut text = String::new();
    line(&mut text, table.columns.iter().map(|(name, _)| (*name).to_owned()));
    for row in &table.rows {
        line(&mut text, row.iter().map(field));
    }
    text
}

fn line(text: &mut String, fields: impl Iterator<Item = String>) {
    for (place, field) in fields.enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(&field);
    }
    text.push_str("\r\n");
}

fn field(cell: &Cell) -> String {
    let Cell::Word(word) = cell else { return cell.text() };
    cell::cell(word)
}

#[cfg(test)]
mod tests {
    use super::super::table::Unit;
    use super::*;

    #[test]
    fn a_table_is_read_back_and_no_word_becomes_a_formula() {
        let columns = &[("name", Unit::Word), ("averted_usd", Unit::Money), ("share", Unit::Share)];
        let rows = vec![
            vec![Cell::word("night, \"late\""), Cell::Cents(-5), Cell::Nothing],
            vec![Cell::word("=1+1"), Cell::Cents(123_456), Cell::share(1, 3)],
        ];
        let table = Table { name: "made-up", columns, rows };
        assert_eq!(csv(&table), "name,averted_usd,share\r\n\"night, \"\"late\"\"\",-0.05,\r\n'=1+1,1234.56,0.333\r\n");
    }
}
