//! Which sockets of a Run listen to which topic.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::RunNumber;
use crate::engine::message::SocketId;

/// The topics that have subscribers; those of each Run are its own.
#[derive(Debug, Default)]
pub(super) struct Topics {
    of: HashMap<RunNumber, HashMap<Arc<str>, Topic>>,
}

#[derive(Debug, Default)]
struct Topic {
    subscribers: BTreeSet<SocketId>,
    /// The same as a list that each message shares, until somebody comes or goes.
    listed: Option<Arc<[SocketId]>>,
}

impl Topics {
    /// How many a Run has.
    pub(super) fn count(&self, run: RunNumber) -> usize {
        self.of.get(&run).map_or(0, HashMap::len)
    }

    /// A topic's name, if it has subscribers.
    pub(super) fn name(&self, run: RunNumber, topic: &str) -> Option<Arc<str>> {
        let (name, _) = self.of.get(&run)?.get_key_value(topic)?;
        Some(Arc::clone(name))
    }

    /// Who listens to a topic, in the order of their numbers.
    pub(super) fn subscribers(&mut self, run: RunNumber, topic: &str) -> Option<Arc<[SocketId]>> {
        let topic = self.of.get_mut(&run)?.get_mut(topic)?;
        let list = || topic.subscribers.iter().copied().collect();
        Some(Arc::clone(topic.listed.get_or_insert_with(list)))
    }

    pub(super) fn join(&mut self, run: RunNumber, topic: Arc<str>, socket: SocketId) {
        let topics = self.of.entry(run).or_default();
        let topic = topics.entry(topic).or_default();
        topic.subscribers.insert(socket);
        topic.listed = None;
    }

    pub(super) fn leave(&mut self, run: RunNumber, topic: &str, socket: SocketId) {
        let Some(topics) = self.of.get_mut(&run) else {
            return;
        };
        if let Some(left) = topics.get_mut(topic) {
            left.subscribers.remove(&socket);
            left.listed = None;
            if left.subscribers.is_empty() {
                topics.remove(topic);
            }
        }
        if topics.is_empty() {
            self.of.remove(&run);
        }
    }
}
