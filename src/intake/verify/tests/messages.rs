use super::super::{Refused, Strength};

#[test]
fn each_refusal_has_a_counter_of_its_own() {
    let all = [
        Refused::MissingHeader,
        Refused::RepeatedHeader,
        Refused::Malformed,
        Refused::BadSignature,
        Refused::Stale,
        Refused::Future,
    ];
    let labels: std::collections::BTreeSet<_> = all.map(Refused::label).into_iter().collect();
    assert_eq!(labels.len(), all.len());
}

#[test]
fn strengths_are_ordered_from_weak_to_strong() {
    assert!(Strength::StaticSecret < Strength::SignedWithoutTime);
    assert!(Strength::SignedWithoutTime < Strength::Signed);
}
