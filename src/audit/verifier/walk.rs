//! The verifier's own way of hashing: subtrees on a stack with their heights, RFC 6962 §2.1.

use ring::digest;

/// The tree over the lines read so far.
#[derive(Default)]
pub(super) struct Walk {
    size: u64,
    /// Height and root of full subtrees; heights fall towards the top of the stack.
    stack: Vec<(u32, digest::Digest)>,
}

impl Walk {
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    pub(super) fn add(&mut self, line: &[u8]) {
        let mut leaf = Vec::with_capacity(line.len() + 1);
        leaf.push(0x00);
        leaf.extend_from_slice(line);
        self.stack.push((0, digest::digest(&digest::SHA256, &leaf)));
        while let [.., (left, _), (right, _)] = self.stack[..]
            && left == right
        {
            self.join(left + 1);
        }
        self.size += 1;
    }

    pub(super) fn root(&self) -> Vec<u8> {
        let mut rest = self.stack.iter().rev();
        let Some((_, top)) = rest.next() else { return digest::digest(&digest::SHA256, b"").as_ref().to_vec() };
        let mut root = *top;
        for (_, left) in rest {
            root = parent(left, &root);
        }
        root.as_ref().to_vec()
    }

    fn join(&mut self, height: u32) {
        if let (Some((_, right)), Some((_, left))) = (self.stack.pop(), self.stack.pop()) {
            self.stack.push((height, parent(&left, &right)));
        }
    }
}

fn parent(left: &digest::Digest, right: &digest::Digest) -> digest::Digest {
    let mut bytes = [0x01; 65];
    bytes[1..33].copy_from_slice(left.as_ref());
    bytes[33..].copy_from_slice(right.as_ref());
    digest::digest(&digest::SHA256, &bytes)
}

/// The number an entry gives itself.
pub(super) fn number(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("{\"sequence\":")?;
    let (number, _) = rest.split_once(",\"at\":\"")?;
    (line.ends_with('}') && !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())).then_some(number)
}
