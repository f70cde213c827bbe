//! The public key inside a certificate or a key file, by just as much of X.509 as that takes.
//!
//! Nothing is judged: keys and certificates are pinned by the operator, so who issued them and until when is not asked.

use base64::{Engine, engine::general_purpose::STANDARD};

const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 0x03;
const VERSION: u8 = 0xa0;

/// 1.2.840.113549.1.1.1
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// 1.2.840.10045.2.1, then 1.2.840.10045.3.1.7
const P256: &[u8] =
    &[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

/// The bytes of a PEM file's one block, or of bare base64.
pub(super) fn pem(text: &str) -> Option<Vec<u8>> {
    let inner: String = text.lines().map(str::trim).filter(|line| !line.starts_with("-----")).collect();
    STANDARD.decode(inner).ok()
}

/// `RSAPublicKey` of a certificate or of a public key.
pub(super) fn rsa(der: &[u8]) -> Option<Vec<u8>> {
    let (algorithm, key) = key_of(der)?;
    algorithm.windows(RSA.len()).any(|part| part == RSA).then(|| key.to_vec())
}

/// The uncompressed point of a P-256 public key.
pub(super) fn p256(der: &[u8]) -> Option<Vec<u8>> {
    let (algorithm, key) = key_of(der)?;
    (algorithm == P256 && key.len() == 65 && key[0] == 4).then(|| key.to_vec())
}

/// Algorithm and bits of the `SubjectPublicKeyInfo` in a certificate, or of one that stands alone.
fn key_of(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (outer, rest) = take(der, SEQUENCE)?;
    if !rest.is_empty() {
        return None;
    }
    let (first, after) = take(outer, SEQUENCE)?;
    if after.first() == Some(&BIT_STRING) {
        return bits(first, after);
    }
    // A certificate: version, serial number, algorithm, issuer, validity and subject stand before the key.
    let mut inside = first;
    if inside.first() == Some(&VERSION) {
        inside = element(inside)?.1;
    }
    for _ in 0..5 {
        inside = element(inside)?.1;
    }
    let (info, _) = take(inside, SEQUENCE)?;
    let (algorithm, after) = take(info, SEQUENCE)?;
    bits(algorithm, after)
}

fn bits<'a>(algorithm: &'a [u8], after: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let (bits, _) = take(after, BIT_STRING)?;
    let (unused, key) = bits.split_first()?;
    (*unused == 0).then_some((algorithm, key))
}

fn take(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    if der.first() == Some(&tag) { element(der) } else { None }
}

/// The content of the first element, and what follows it.
fn element(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (first, rest) = der.get(1..)?.split_first()?;
    let (length, rest) = if *first < 0x80 {
        (usize::from(*first), rest)
    } else {
        let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
        if digits.is_empty() || digits.len() > 3 {
            return None;
        }
        (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), length in 0_u8..200) {
            let mut sequence = vec![SEQUENCE, length, SEQUENCE, length / 2];
            sequence.extend(&bytes);
            for der in [&bytes, &sequence] {
                let _ = (rsa(der), p256(der));
            }
        }
    }
}
