//! Faulty files are refused with the line and, where a word was meant, the right word.

use super::{FILES, Mapping, small, vocabulary};

fn fault(parts: &str) -> String {
    small(parts).unwrap_err().to_string()
}

#[test]
fn a_slip_is_answered_with_file_line_and_the_right_word() {
    let okta = FILES.iter().find(|(name, _)| name.ends_with("okta.yaml")).unwrap().1;
    for (right, wrong, says) in [
        ("\nhandshake:", "\nhandshaek:", "unknown field `handshaek`, did you mean `handshake`?"),
        ("  ip: {", "  ipp: {", "unknown field `ipp`, did you mean `ip`?"),
        ("as: rfc3339 }", "as: rfc3393 }", "unknown word `rfc3393`, did you mean `rfc3339`?"),
        (
            "user.account.lock: account.locked",
            "user.account.lock: account.lokced",
            "unknown kind `account.lokced`, did you mean `account.locked`?",
        ),
        ("ERROR: high", "ERROR: hihg", "unknown severity `hihg`, did you mean `high`?"),
        (
            "[user, login], resolve: identity",
            "[user, logni], resolve: identity",
            "unknown field of this mapping `logni`, did you mean `login`?",
        ),
        ("resolve: identity", "resolve: idenity", "unknown word `idenity`, did you mean `identity`?"),
        (
            "scheme: static-header",
            "scheme: static-haeder",
            "unknown word `static-haeder`, did you mean `static-header`?",
        ),
        (
            "ptr: ['@/published']",
            "ptr: [published]",
            "`published` is not a place: `/…` is in the body, `@/…` in the element, `header:NAME` a header",
        ),
        (
            "'@/outcome/result': [FAILURE",
            "'@/outcome/result|contain': [FAILURE",
            "unknown modifier `contain`, did you mean `contains`?",
        ),
    ] {
        assert!(okta.contains(right), "{right}");
        let yaml = okta.replacen(right, wrong, 1);
        let line = yaml.lines().position(|line| line.contains(wrong.trim())).unwrap() + 1;
        let fault = Mapping::read("sources/okta.yaml", &yaml, &vocabulary()).unwrap_err();
        assert_eq!(fault.to_string(), format!("sources/okta.yaml:{line}: {says}"));
    }
}

#[test]
fn what_yaml_itself_refuses_names_its_line_once() {
    let fault = fault("key: [/id\nkind: finding");
    assert!(fault.starts_with("sources/small.yaml:") && !fault.contains('\n') && !fault.contains("line"), "{fault}");
}

#[test]
fn a_part_that_cannot_be_left_out_is_asked_for() {
    assert!(fault("kind: finding").ends_with(": `key` is missing"));
    assert_eq!(fault("key: [/id]"), "sources/small.yaml:0: `kind` is missing");
    let without_samples =
        "source: small\nabout: { en: a, zh: b }\nauth: { scheme: bearer }\nkind: finding\nkey: [/id]\nsamples: []\n";
    let fault = Mapping::read("small.yaml", without_samples, &vocabulary()).unwrap_err();
    assert_eq!(fault.to_string(), "small.yaml:6: a mapping has at least one sample with what it gives");
}

#[test]
fn what_would_be_unsafe_or_mean_nothing_is_refused() {
    let base = "key: [/id]\nkind: finding\n";
    for (parts, says) in [
        ("key: [kind]\nkind: finding", "a key needs a place in what was sent"),
        ("key: [/id]\nkind: report", "kind `report` is given by Holdfast alone"),
        (
            "key: [/id]\nkind: { from: /type, table: { a: finding } }",
            "a kind needs `const`, or `otherwise` for words that no table names",
        ),
        (
            "key: [/id]\nkind: { const: finding, otherwise: finding }",
            "a kind has either `const`, or `otherwise` with `from` and tables",
        ),
        (
            &format!("{base}severity: {{ from: /s, otherwise: low }}"),
            "a severity that is not understood counts as medium at least",
        ),
        (
            &format!("{base}severity: {{ from: /s, thresholds: [[1, low], [4, medium]], otherwise: medium }}"),
            "thresholds stand from the highest down",
        ),
        (&format!("{base}fields: {{ ip: {{ ptr: [/ip], as: text }} }}"), "`text` does not suit the field `ip`"),
        (
            &format!("{base}fields: {{ amount: {{ ptr: [/a], as: int256, scale: 1001 }} }}"),
            "a scale is at most 1000 places",
        ),
        (
            &format!("{base}fields: {{ usd: {{ ptr: [/a], as: int256, scale: 2 }} }}"),
            "`usd` takes no scale: there is no field `usd-raw` for the base units",
        ),
        (
            &format!("{base}fields: {{ kind: {{ default: finding }} }}"),
            "`kind` has a part of its own and cannot be a field",
        ),
        (
            &format!("{base}fields: {{ user: {{ ptr: [/user] }} }}"),
            "field `user` needs `ptr` or `header` together with `as`, or only a `default`",
        ),
        (
            &format!("{base}fields: {{ text: {{ ptr: [/token/deep], as: text }} }}\nredact: [/token]"),
            "field `text` reads what `/token` takes out",
        ),
        (&format!("{base}redact: ['@/token']"), "what is taken out is a place in the body; `*` stands for every item"),
        (
            &format!("{base}answer: {{ status: 302 }}"),
            "an accepted delivery is answered with a status from 200 to 299, not 302",
        ),
        (&format!("{base}transport: {{ max_bytes: 1000000 }}"), "max_bytes 1000000 is not within 1 to 262144"),
        (
            &format!("{base}handshake: [{{ when: {{ method: GET }}, reply: {{ text: fixed }} }}]"),
            "a reply gives back one value: {header: name}, {pointer: /place} or {query: name}",
        ),
        (
            &format!("{base}unwrap: [{{ base64: '' }}]"),
            "only `lower-names`, and `json-lines` as the first step, take the body as a whole",
        ),
        (&format!("{base}each: [{{ at: '', fallback: true }}]"), "`each` needs a place that is no fallback"),
    ] {
        let fault = fault(parts);
        assert_eq!(fault.split_once(": ").unwrap().1, says, "{parts}");
    }
}

#[test]
fn a_file_cut_off_anywhere_is_read_or_refused() {
    let vocabulary = vocabulary();
    for (name, yaml) in FILES {
        for end in (0..yaml.len()).step_by(97) {
            let cut = yaml.get(..end).unwrap_or_default();
            let _ = Mapping::read(name, cut, &vocabulary);
        }
    }
}

#[test]
fn a_file_is_named_after_its_source() {
    let (_, okta) = FILES.iter().find(|(name, _)| name.ends_with("okta.yaml")).unwrap();
    let fault = Mapping::read("sources/octa.yaml", okta, &vocabulary()).unwrap_err();
    assert_eq!(fault.says, "source `okta` belongs in a file of that name, okta.yaml");
}
