//! Tokens whose learner was looked up lately. A crowd that asks with the same few tokens would else keep the store's
//! readers busy, and whoever asks for a page would wait behind all of it.
//!
//! A token's learner changes only by something that is written about that learner, and then their revision rises
//! ([`Store::revision`]).

use std::collections::HashMap;

use parking_lot::Mutex;

use crate::store::{LearnerId, SecretHash, Store, StoreError};

/// The most tokens: some hundred kilobytes. Where there is no room, all go, and are looked up anew.
const TOKENS: usize = 4096;

/// The tokens that were looked up.
#[derive(Default)]
pub(super) struct KnownTokens(Mutex<HashMap<SecretHash, Seen>>);

#[derive(Clone, Copy)]
struct Seen {
    learner: LearnerId,
    /// That of the learner before they were looked up; none where we did not know whom to ask about.
    revision: Option<u64>,
}

impl KnownTokens {
    /// The learner with this hash of a token.
    pub(super) async fn learner(
        &self,
        store: &Store,
        token: SecretHash,
    ) -> Result<Option<LearnerId>, StoreError> {
        let seen = self.0.lock().get(&token).copied();
        let before = seen.map(|seen| (seen.learner, store.revision(seen.learner)));
        if let (Some(seen), Some((learner, revision))) = (seen, before)
            && seen.revision == Some(revision)
        {
            return Ok(Some(learner));
        }
        let found = store.learner(token).await?;
        let same = before.filter(|(learner, _)| Some(*learner) == found);
        self.note(token, found, same.map(|(_, revision)| revision));
        Ok(found)
    }

    fn note(&self, token: SecretHash, learner: Option<LearnerId>, revision: Option<u64>) {
        let mut known = self.0.lock();
        let Some(learner) = learner else {
            known.remove(&token);
            return;
        };
        if known.len() >= TOKENS && !known.contains_key(&token) {
            known.clear();
        }
        known.insert(token, Seen { learner, revision });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Quota;

    #[tokio::test]
    async fn a_token_is_looked_up_again_once_something_of_its_learner_has_changed() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = Store::open(folder.path(), Quota::default()).expect("a store");
        let known = KnownTokens::default();
        let learner = async |token| known.learner(&store, [token; 32]).await.expect("a read");
        let ada = store.create_learner([1; 32]).await.expect("a learner");
        for _ in 0..3 {
            assert_eq!(learner(1).await, Some(ada));
        }
        assert!(
            known.0.lock()[&[1; 32]].revision.is_some(),
            "it is not looked up any more"
        );

        store.set_recovery(ada, [8; 32]).await.expect("a write");
        let recovered = store.recover([8; 32], [2; 32]).await.expect("a write");
        assert_eq!((recovered, learner(2).await), (Some(ada), Some(ada)));
        assert_eq!(learner(1).await, Some(ada));
        store.keep_only(ada, [2; 32]).await.expect("a write");
        assert_eq!((learner(1).await, learner(2).await), (None, Some(ada)));
        store.forget(ada).await.expect("a write");
        assert_eq!(learner(2).await, None);
    }

    #[test]
    fn so_many_are_known() {
        let known = KnownTokens::default();
        for number in 0..=u32::try_from(TOKENS).expect("a few") {
            let mut token = [0; 32];
            token[..4].copy_from_slice(&number.to_be_bytes());
            known.note(token, Some(LearnerId::of_test(1)), None);
        }
        assert_eq!(known.0.lock().len(), 1);
    }
}
