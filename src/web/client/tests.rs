use std::collections::BTreeSet;

use axum::http::HeaderValue;

use super::*;

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn trail(name: &'static str, lines: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(name, HeaderValue::from_str(line).unwrap());
    }
    headers
}

fn behind(lines: &[&str]) -> String {
    let proxies = Proxies::new(&["10.0.0.0/8", "2001:db8:aa::/48"], Trail::XForwardedFor).unwrap();
    proxies.client(ip("10.0.0.1"), &trail("x-forwarded-for", lines)).0.to_string()
}

fn forwarded(lines: &[&str]) -> String {
    let proxies = Proxies::new(&["10.0.0.0/8"], Trail::Forwarded).unwrap();
    proxies.client(ip("10.0.0.1"), &trail("forwarded", lines)).0.to_string()
}

#[test]
fn forged_headers_do_not_widen_any_limit() {
    let direct = Proxies::new(&["10.0.0.0/8"], Trail::XForwardedFor).unwrap();
    let mut direct_prefixes = BTreeSet::new();
    let mut proxied_prefixes = BTreeSet::new();
    for n in 0..1000_u32 {
        let forged = format!("{}", std::net::Ipv4Addr::from_bits(0x0505_0000 + n));
        let quoted = format!("\"{forged}, for={forged}");
        for line in [&forged, &quoted] {
            let mut headers = trail("x-forwarded-for", &[line]);
            headers.append("forwarded", HeaderValue::from_str(&format!("for={line}")).unwrap());
            headers.append("x-real-ip", HeaderValue::from_str(&forged).unwrap());
            direct_prefixes.insert(direct.client(ip("192.0.2.7"), &headers).prefix());

            let seen = format!("{line}, 192.0.2.7");
            let headers = trail("x-forwarded-for", &[&seen]);
            proxied_prefixes.insert(direct.client(ip("10.0.0.1"), &headers).prefix());
        }
    }
    let one = BTreeSet::from([Prefix::of(ip("192.0.2.7"))]);
    assert_eq!(direct_prefixes, one);
    assert_eq!(proxied_prefixes, one);
}

#[test]
fn the_right_most_entry_that_is_not_ours_is_the_client() {
    assert_eq!(behind(&[]), "10.0.0.1");
    assert_eq!(behind(&["198.51.100.9"]), "198.51.100.9");
    assert_eq!(behind(&["1.1.1.1, 198.51.100.9, 10.2.2.2"]), "198.51.100.9");
    assert_eq!(behind(&["1.1.1.1", "198.51.100.9", "10.2.2.2"]), "198.51.100.9");
    assert_eq!(behind(&["10.3.3.3, 10.2.2.2"]), "10.3.3.3");
    assert_eq!(behind(&["198.51.100.9:4711"]), "198.51.100.9");
    assert_eq!(behind(&["[2001:db8:1::5]:4711, 2001:db8:aa::1"]), "2001:db8:1::5");
    assert_eq!(behind(&["::ffff:198.51.100.9"]), "198.51.100.9");
    assert_eq!(behind(&["1.1.1.1, unknown, 10.2.2.2"]), "10.2.2.2");
    assert_eq!(behind(&["1.1.1.1, "]), "10.0.0.1");
}

#[test]
fn forwarded_is_read_from_its_trusted_end() {
    assert_eq!(forwarded(&["for=1.1.1.1, for=198.51.100.9;proto=https"]), "198.51.100.9");
    assert_eq!(forwarded(&["proto=https;For=\"[2001:db8::1]:80\""]), "2001:db8::1");
    assert_eq!(forwarded(&["for=9.9.9.9;x=\"", "for=198.51.100.9"]), "198.51.100.9");
    assert_eq!(forwarded(&["for=9.9.9.9;x=\", for=198.51.100.9"]), "198.51.100.9");
    assert_eq!(forwarded(&["for=1.1.1.1, for=_hidden"]), "10.0.0.1");
}

#[test]
fn a_client_is_an_address_or_a_network_of_64_bits() {
    assert_eq!(Prefix::of(ip("2001:db8::1")), Prefix::of(ip("2001:db8::ffff:1")));
    assert_ne!(Prefix::of(ip("2001:db8::1")), Prefix::of(ip("2001:db8:0:1::1")));
    assert_eq!(Prefix::of(ip("::ffff:192.0.2.1")), Prefix::of(ip("192.0.2.1")));
    assert_ne!(Prefix::of(ip("192.0.2.1")), Prefix::of(ip("192.0.2.2")));
}

#[test]
fn networks_are_read_strictly() {
    for wrong in ["", "10", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "::ffff:10.0.0.0/104", "proxy.example"] {
        assert!(Proxies::new(&[wrong], Trail::default()).is_err(), "{wrong}");
    }
    let all = Proxies::new(&["0.0.0.0/0", "::1"], Trail::default()).unwrap();
    assert!(all.contains(ip("203.0.113.1")) && all.contains(ip("::1")) && !all.contains(ip("::2")));
}
