//! The network answers what its conditions say one by one, over facts and over JSON.

use proptest::prelude::*;

use super::*;
use crate::playbook::matcher::{Look, Match, Matcher, within};
use crate::signal::{Decimal, Facts, FieldType};

/// A condition by its meaning: test by test, value by value.
fn plainly(condition: &Condition, facts: &Facts) -> bool {
    match condition {
        Condition::Atom(atom) => facts.get(&atom.field).iter().any(|value| passes(&atom.asks, value, facts)),
        Condition::All(parts) => parts.iter().all(|part| plainly(part, facts)),
        Condition::Any(parts) => parts.iter().any(|part| plainly(part, facts)),
        Condition::Not(part) => !plainly(part, facts),
    }
}

fn passes(asks: &Asks, value: &str, facts: &Facts) -> bool {
    let folded = |text: &str, case: Case| match case {
        Case::Ignored => lowered(text),
        Case::Kept => text.to_owned(),
    };
    match asks {
        Asks::Exists => true,
        Asks::Text(text, case) => text.fits(&folded(value, *case)),
        Asks::Number(bound) => value.parse::<Decimal>().is_ok_and(|number| bound.fits(&number)),
        Asks::Matches(pattern) => pattern.is_match(value),
        Asks::Within(network, bits) => value.parse().is_ok_and(|address| within(address, *network, *bits)),
        Asks::Field(other, part, case) => facts.any(other, &mut |wanted| {
            let (value, wanted) = (folded(value, *case), folded(wanted, *case));
            part.map_or_else(|| value == wanted, |part| part.of(&value, &wanted))
        }),
    }
}

fn network(conditions: &[Condition]) -> Network {
    let mut builder = Builder::default();
    for (number, condition) in (0..).zip(conditions) {
        assert_eq!(builder.add(condition), number);
    }
    builder.build()
}

const FIELDS: [&str; 3] = ["a", "b", "c.d"];

fn a_text() -> impl Strategy<Value = Text> {
    prop_oneof![
        "[aBéÄ中1]{0,3}".prop_map(Text::Equal),
        (prop_oneof![Just(Part::Start), Just(Part::End), Just(Part::Anywhere)], "[aBéÄ中1]{0,2}")
            .prop_map(|(part, text)| Text::Part(part, text)),
        "[aB1*?]{1,5}".prop_map(|text| Text::Wildcard(Wildcard::read(&text))),
    ]
}

fn a_case() -> impl Strategy<Value = Case> {
    prop_oneof![Just(Case::Ignored), Just(Case::Kept)]
}

fn a_bound() -> impl Strategy<Value = Bound> {
    (0..5_u8, -3..12_i8).prop_map(|(kind, number)| {
        let number: Decimal = number.to_string().parse().unwrap();
        match kind {
            0 => Bound::Equal(number),
            1 => Bound::Above(number),
            2 => Bound::AtLeast(number),
            3 => Bound::Below(number),
            _ => Bound::AtMost(number),
        }
    })
}

fn an_atom() -> impl Strategy<Value = Condition> {
    let field = || prop::sample::select(&FIELDS[..]);
    let part = prop_oneof![Just(None), Just(Some(Part::Start)), Just(Some(Part::Anywhere))];
    prop_oneof![
        6 => (field(), a_text(), a_case()).prop_map(|(field, text, case)| Atom::text(field, text, case)),
        2 => (field(), a_bound()).prop_map(|(field, bound)| Atom::test(field, Asks::Number(bound))),
        1 => field().prop_map(|field| Atom::test(field, Asks::Exists)),
        1 => (field(), prop::sample::select(&["a+b", "^1", "(?i)B$"][..]))
            .prop_map(|(field, pattern)| Atom::test(field, Asks::Matches(regex::Regex::new(pattern).unwrap()))),
        1 => field().prop_map(|field| Atom::test(field, Asks::Within("10.0.0.0".parse().unwrap(), 8))),
        1 => (field(), field(), part, a_case())
            .prop_map(|(field, other, part, case)| Atom::test(field, Asks::Field(other.to_owned(), part, case))),
    ]
}

fn a_condition() -> impl Strategy<Value = Condition> {
    an_atom().prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Condition::All),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Condition::Any),
            inner.prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

fn some_facts() -> impl Strategy<Value = Facts> {
    let value = prop_oneof![4 => "[aABbéÄ中1]{0,5}", 1 => "-?[0-9]{1,2}(\\.5)?", 1 => Just("10.1.2.3".to_owned())];
    prop::collection::vec((prop::sample::select(&FIELDS[..]), value), 0..5).prop_map(|values| {
        let mut facts = Facts::new();
        for (field, value) in values {
            facts.add(field, value);
        }
        facts
    })
}

fn json_of(facts: &Facts, dotted: bool) -> String {
    let mut object = serde_json::Map::new();
    for (field, values) in facts.iter() {
        let values = if let [one] = values { serde_json::json!(one) } else { serde_json::json!(values) };
        match field.split_once('.').filter(|_| !dotted) {
            Some((head, tail)) => object.insert(head.to_owned(), serde_json::json!({ tail: values, "else": [1, {}] })),
            None => object.insert(field.to_owned(), values),
        };
    }
    object.insert("unwanted".to_owned(), serde_json::json!({ "a": "a", "b": [null, 1.5] }));
    serde_json::Value::Object(object).to_string()
}

proptest! {
    #[test]
    fn every_answer_is_that_of_the_conditions_one_by_one(
        conditions in prop::collection::vec(a_condition(), 1..12),
        signals in prop::collection::vec(some_facts(), 1..6),
    ) {
        let network = network(&conditions);
        let mut scratch = network.scratch();
        for facts in &signals {
            let plain: Vec<u32> =
                (0..).zip(&conditions).filter(|(_, condition)| plainly(condition, facts)).map(|(number, _)| number).collect();
            prop_assert_eq!(network.over_facts(facts, &mut scratch), &plain[..]);
            for dotted in [false, true] {
                let json = json_of(facts, dotted);
                prop_assert_eq!(network.over_json(json.as_bytes(), &mut scratch).unwrap(), &plain[..], "{}", json);
            }
        }
    }

    #[test]
    fn bytes_from_outside_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..40), text in "[\\[\\]{}\":,a1\\\\u]{0,30}") {
        let network = network(&[Atom::text("a.a", Text::Equal("x".to_owned()), Case::Ignored)]);
        let mut scratch = network.scratch();
        let _ = network.over_json(&bytes, &mut scratch);
        let _ = network.over_json(text.as_bytes(), &mut scratch);
    }
}

#[test]
fn numbers_and_flags_of_json_are_compared_as_they_are_written() {
    let equal = |field: &str, text: &str| Atom::text(field, Text::Equal(text.to_owned()), Case::Ignored);
    let above = Atom::test("n", Asks::Number(Bound::Above("18446744073709551616".parse().unwrap())));
    let network = network(&[equal("n", "18446744073709551617"), above, equal("f", "true"), equal("z", "")]);
    let mut scratch = network.scratch();
    let json = br#"{"n": 18446744073709551617, "f": true, "z": null, "o": {"n": 1}}"#;
    assert_eq!(network.over_json(json, &mut scratch).unwrap(), [0, 1, 2]);
    assert_eq!(network.over_json(br#"{"n": 1.50}"#, &mut scratch).unwrap(), [0_u32; 0]);
    assert!(network.over_json(br#"{"n": 1} x"#, &mut scratch).is_err());
}

#[test]
fn only_rules_whose_rarest_test_is_true_are_looked_at() {
    let equal = |field: &str, text: &str| Atom::text(field, Text::Equal(text.to_owned()), Case::Ignored);
    let rules: Vec<Condition> = (0..1_000)
        .map(|number| Condition::All(vec![equal("kind", "auth.login"), equal("to", &format!("0x{number:040x}"))]))
        .collect();
    let network = network(&rules);
    let mut scratch = network.scratch();
    let facts = Facts::new().with("kind", "auth.login").with("to", format!("0x{:040x}", 7));
    assert_eq!(network.over_facts(&facts, &mut scratch), [7]);
    assert_eq!(scratch.candidates(), 1);
    assert_eq!(network.always(), 0);
}

/// Field, type and values that its tests may name.
const TYPED: [(&str, FieldType); 4] =
    [("a", FieldType::Word), ("b", FieldType::Text), ("amount", FieldType::Decimal), ("ip", FieldType::Ip)];

fn a_test() -> impl Strategy<Value = (String, serde_json::Value)> {
    use serde_json::{Value, json};
    let text = || prop::collection::vec("[aBé1*]{0,3}", 1..3).prop_map(Value::from);
    let number = || prop_oneof![(0..9_i32).prop_map(Value::from), Just(json!(2.5)), Just(json!([1, 2]))];
    prop_oneof![
        (
            prop::sample::select(&["a", "b"][..]),
            prop::sample::select(&["", "|contains", "|startswith", "|endswith", "|all", "|contains|all"][..]),
            text()
        )
            .prop_map(|(field, how, value)| (format!("{field}{how}"), value)),
        (prop::sample::select(&["amount", "amount|gt", "amount|gte", "amount|lt", "amount|lte", "a|gt"][..]), number())
            .prop_map(|(key, value)| (key.to_owned(), value)),
        prop::sample::select(&["a|exists", "ip|exists", "amount|exists"][..])
            .prop_flat_map(|key| any::<bool>().prop_map(move |there| (key.to_owned(), json!(there)))),
        Just(("ip|cidr".to_owned(), json!(["10.0.0.0/8", "::1/128"]))),
        Just(("b|re".to_owned(), json!("^a+(B|1)"))),
    ]
}

fn a_match() -> impl Strategy<Value = Match> {
    let line = || prop::collection::vec(a_test(), 1..4).prop_map(|tests| tests.into_iter().collect());
    prop_oneof![line().prop_map(Match::All), prop::collection::vec(line(), 1..3).prop_map(Match::Any)]
}

fn typed_facts() -> impl Strategy<Value = Facts> {
    let value = prop_oneof!["[aAbBé1*]{0,4}", "-?[0-9](\\.5)?", Just("10.9.8.7".to_owned()), Just("::1".to_owned())];
    prop::collection::vec((prop::sample::select(&TYPED[..]), value), 0..6).prop_map(|values| {
        let mut facts = Facts::new();
        for ((field, _), value) in values {
            facts.add(field, value);
        }
        facts
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_matcher_says_the_same_alone_and_in_the_network(
        written in prop::collection::vec(a_match(), 1..10),
        signals in prop::collection::vec(typed_facts(), 1..8),
    ) {
        let type_of = |field: &str| TYPED.iter().find(|(name, _)| *name == field).map(|(_, kind)| *kind);
        let matchers: Vec<Matcher> =
            written.iter().map(|written| Matcher::new(written, &type_of, &["a"]).unwrap()).collect();
        let network = network(&matchers.iter().map(Matcher::condition).collect::<Vec<_>>());
        let mut scratch = network.scratch();
        for facts in &signals {
            let alone: Vec<u32> =
                (0..).zip(&matchers).filter(|(_, matcher)| matcher.fits(facts)).map(|(number, _)| number).collect();
            prop_assert_eq!(network.over_facts(facts, &mut scratch), &alone[..]);
        }
    }
}
