//! What `holdfast doctor` says of issuers.

use super::stub;
use crate::support::process::Installation;

#[test]
fn the_doctor_says_whether_each_issuer_can_be_reached_and_is_who_it_should_be() {
    stub::lie("ill", Some(serde_json::json!({"issuer": "https://evil.example"})));
    let house = Installation::new("", "info,sqlx=warn");
    for name in ["well", "ill", "away"] {
        let address = if name == "away" { "http://127.0.0.1:1/away".to_owned() } else { stub::address(name) };
        house.append(&format!(
            "[[issuer]]\nname = '{name}'\nissuer = '{address}'\nclient_id = 'x'\nnetworks = ['127.0.0.0/8']\n"
        ));
    }
    let output = house.command(&["doctor"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let told = |words: &str| text.lines().any(|line| line.contains(words));
    assert!(told("issuer well: can be reached"), "{text}");
    assert!(told("BROKEN  issuer ill: it says that it is another issuer"), "{text}");
    assert!(told("BROKEN  issuer away: no server answers there"), "{text}");
}
