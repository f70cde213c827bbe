//! The body as OpenZeppelin Defender signs it: JSON without white space, with the time as its last member.
//!
//! Nothing is read and written anew, so no parser can see another thing than what was signed.

/// The signed text, when the body is an object.
pub(super) fn with_timestamp(body: &[u8], timestamp: &str) -> Option<Vec<u8>> {
    let mut compact = Vec::with_capacity(body.len() + timestamp.len() + 16);
    let (mut in_text, mut escaped) = (false, false);
    for &byte in body {
        if in_text {
            in_text = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else if matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
            continue;
        } else {
            in_text = byte == b'"';
        }
        compact.push(byte);
    }
    let plain = timestamp.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-:.+".contains(&byte));
    if in_text || !plain || compact.first() != Some(&b'{') || compact.pop() != Some(b'}') {
        return None;
    }
    if compact.len() > 1 {
        compact.push(b',');
    }
    compact.extend(format!("\"timestamp\":\"{timestamp}\"}}").bytes());
    Some(compact)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_outside_texts_alone() {
        let signed = |body: &str| with_timestamp(body.as_bytes(), "T").map(|signed| String::from_utf8(signed).unwrap());
        assert_eq!(
            signed("{ \"a b\" : [ 1,\n \"c \\\" d\\\\\" ] }\n").as_deref(),
            Some(r#"{"a b":[1,"c \" d\\"],"timestamp":"T"}"#)
        );
        assert_eq!(signed("{}").as_deref(), Some(r#"{"timestamp":"T"}"#));
        for wrong in ["", "[]", "{", "{\"a", "1"] {
            assert_eq!(signed(wrong), None, "{wrong}");
        }
        assert_eq!(with_timestamp(b"{}", "\",\"x\":\""), None);
    }
}
