//! On a case that closed itself.

super::say! {
    SOLVED: "rest-solved";
    SILENT: "rest-silent";
}
