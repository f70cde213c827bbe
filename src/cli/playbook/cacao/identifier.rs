//! Identifiers of a CACAO document that come out the same every time.

use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use serde::Serialize;
use uuid::{Builder, Uuid, uuid};

/// The namespace that CACAO 2.0, section 10.10, gives for playbooks.
const NAMESPACE: Uuid = uuid!("aa7caf3a-d55a-4e9a-b34e-056215fba56a");

/// What a playbook's identifier is made of, by the same section; the fields stand in the order that RFC 8785 asks for.
#[derive(Serialize)]
struct Contributing<'a> {
    name: &'a str,
    playbook_types: &'a [&'a str],
}

/// The version 5 UUID of a playbook, from a name that is the same in every language and its types.
pub fn of_playbook(name: &str, playbook_types: &[&str]) -> Uuid {
    let name = serde_json::to_vec(&Contributing { name, playbook_types }).unwrap_or_default();
    let digest = digest(&SHA1_FOR_LEGACY_USE_ONLY, &[NAMESPACE.as_bytes().as_slice(), &name].concat());
    Builder::from_sha1_bytes(front(digest.as_ref())).into_uuid()
}

/// The identifier of a step or agent. The specification wants version 4 here; a digest over playbook and part takes the
/// place of the random bits, so that the same playbook has the same steps.
pub fn of_part(playbook: Uuid, part: &str) -> Uuid {
    let digest = digest(&SHA256, &[playbook.as_bytes().as_slice(), part.as_bytes()].concat());
    Builder::from_random_bytes(front(digest.as_ref())).into_uuid()
}

/// The identity that stands for Holdfast's own authors.
pub fn identity() -> String {
    format!("identity--{}", of_part(NAMESPACE, "identity holdfast"))
}

fn front(digest: &[u8]) -> [u8; 16] {
    std::array::from_fn(|place| digest.get(place).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_five_agrees_with_rfc_9562() {
        // Appendix A.4: www.example.com in the namespace of DNS names.
        let dns = uuid!("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        let hashed = digest(&SHA1_FOR_LEGACY_USE_ONLY, &[dns.as_bytes().as_slice(), b"www.example.com"].concat());
        let id = Builder::from_sha1_bytes(front(hashed.as_ref())).into_uuid();
        assert_eq!(id, uuid!("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
    }

    #[test]
    fn identifiers_are_the_same_every_time_and_differ_by_what_they_name() {
        let one = of_playbook("Leaked phrase", &["mitigation"]);
        assert_eq!(one, of_playbook("Leaked phrase", &["mitigation"]));
        assert_ne!(one, of_playbook("Leaked phrase", &["notification"]));
        assert_eq!((one.get_version_num(), of_part(one, "start").get_version_num()), (5, 4));
        assert_ne!(of_part(one, "start"), of_part(one, "end"));
    }
}
