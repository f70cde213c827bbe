//! The Merkle tree over the trail, as RFC 6962 §2.1 builds it, kept as its frontier: the roots of the full subtrees.
//!
//! A frontier of a trail of n entries holds one hash for each bit of n that is set, so adding an entry costs two hashes on
//! average and never looks back.

use ring::digest::{Context, SHA256};

/// The hash of a leaf, a node or a whole tree.
pub type Hash = [u8; 32];

/// A tree as far as more leaves need it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// Roots of full subtrees, the largest first.
    full: Vec<Hash>,
}

impl Frontier {
    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf after the others.
    pub fn push(&mut self, leaf: &[u8]) {
        let mut hash = hashed(&[&[0], leaf]);
        let mut twins = self.size;
        while twins & 1 == 1
            && let Some(left) = self.full.pop()
        {
            hash = hashed(&[&[1], &left, &hash]);
            twins >>= 1;
        }
        self.full.push(hash);
        self.size += 1;
    }

    /// The root over all leaves; of none it is the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut smallest_first = self.full.iter().rev().copied();
        let Some(last) = smallest_first.next() else { return hashed(&[]) };
        smallest_first.fold(last, |right, left| hashed(&[&[1], &left, &right]))
    }
}

fn hashed(parts: &[&[u8]]) -> Hash {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    context.finish().as_ref().try_into().expect("SHA-256 has 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The leaves and roots of the reference tests of Certificate Transparency
    /// (google/certificate-transparency, `merkletree/merkle_tree_test.cc`).
    const LEAVES: [&str; 8] =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    /// AUD-02: the published vectors of RFC 6962 trees of 0 to 8 leaves.
    #[test]
    fn the_published_roots_come_out() {
        let mut tree = Frontier::default();
        assert_eq!(hex::encode(tree.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (leaf, root) in LEAVES.iter().zip(ROOTS) {
            tree.push(&hex::decode(leaf).unwrap());
            assert_eq!(hex::encode(tree.root()), root, "{} leaves", tree.size());
        }
    }

    /// The definition of RFC 6962 §2.1, word for word.
    fn defined(leaves: &[Vec<u8>]) -> Hash {
        match leaves {
            [] => hashed(&[]),
            [leaf] => hashed(&[&[0], leaf]),
            _ => {
                let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
                hashed(&[&[1], &defined(left), &defined(right)])
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn the_frontier_folds_to_the_root_of_the_definition(leaves in proptest::collection::vec(proptest::collection::vec(proptest::num::u8::ANY, 0..4), 0..70)) {
            let mut tree = Frontier::default();
            for leaf in &leaves {
                tree.push(leaf);
            }
            proptest::prop_assert_eq!(tree.root(), defined(&leaves));
            proptest::prop_assert_eq!(tree.full.len(), leaves.len().count_ones() as usize);
        }
    }
}
