//! What a site does by itself, again and again, while it serves.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::{Instant, interval, interval_at};

use crate::memory::Heap;
use crate::store::Store;
use crate::web::site::Site;

/// How often the site lets go of what need not stay in memory.
const LOOK: Duration = Duration::from_secs(5);
/// How often it names who is turned away most.
const NAME: Duration = Duration::from_mins(1);
/// How often it looks for learners who have done nothing for long, and for projects that were deleted.
const FORGET: Duration = Duration::from_hours(1);
/// How often it has all read that is kept, from the start on.
const CHECK: Duration = Duration::from_hours(24);

/// Begins it; it ends when this is dropped.
pub(super) fn begin(site: &Arc<Site>) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(keep_small(site.clone()));
    tasks.spawn(end_abandoned_trials(site.clone()));
    tasks.spawn(name_loudest(site.clone()));
    tasks.spawn(sweep_projects(site.clone()));
    tasks.spawn(check_integrity(site.learning.store.clone(), CHECK));
    if let Some(days) = site.forget_after {
        tasks.spawn(forget_untouched(site.clone(), days));
    }
    tasks
}

/// Keeps the memory small that a crowd leaves behind.
async fn keep_small(site: Arc<Site>) {
    let mut heap = Heap::default();
    let mut looks = interval(LOOK);
    loop {
        looks.tick().await;
        site.learning.sandboxes.keep_small();
        site.pages.keep_small();
        let store = site.learning.store.clone();
        let given_back = spawn_blocking(move || {
            store.keep_small();
            heap.give_back();
            heap
        });
        heap = given_back.await.unwrap_or_default();
    }
}

async fn end_abandoned_trials(site: Arc<Site>) {
    let mut looks = interval(LOOK);
    loop {
        looks.tick().await;
        site.learning.end_abandoned_trials().await;
    }
}

async fn name_loudest(site: Arc<Site>) {
    let mut looks = interval_at(Instant::now() + NAME, NAME);
    loop {
        looks.tick().await;
        tell_loudest(&site);
    }
}

/// Names in the log who was turned away most often since this was last done, a line for each.
pub(super) fn tell_loudest(site: &Site) {
    for loud in site.budget.refusals().take_loudest() {
        let address = loud.address.map(|it| it.to_string());
        let address = address.as_deref().unwrap_or("this machine");
        let (reason, times) = (loud.reason.name(), loud.times);
        tracing::warn!(reason, times, address, "turned away");
    }
}

/// Finds out whether the database is whole, while the site serves; `/healthz` answers what was found last.
async fn check_integrity(store: Store, every: Duration) {
    let mut looks = interval(every);
    loop {
        looks.tick().await;
        let mebibytes = store.figures().bytes.div_ceil(1024 * 1024);
        tracing::info!(mebibytes, "checking the database, while the site serves");
        match store.check_integrity().await {
            Ok(check) => {
                let took_ms = check.took.as_millis();
                tracing::info!(took_ms, "the database is whole");
            }
            Err(error) => tracing::error!(%error, "the database was checked"),
        }
    }
}

/// Lets go of projects that were deleted and can no longer be brought back.
async fn sweep_projects(site: Arc<Site>) {
    let mut looks = interval(FORGET);
    loop {
        looks.tick().await;
        if let Err(error) = site.learning.store.sweep_projects().await {
            tracing::error!(%error, "cannot let go of deleted projects");
        }
    }
}

async fn forget_untouched(site: Arc<Site>, days: u32) {
    let mut looks = interval(FORGET);
    loop {
        looks.tick().await;
        match site.learning.forget_untouched(days).await {
            Ok(0) => {}
            Ok(learners) => tracing::info!(learners, days, "deleted learners who had done nothing"),
            Err(error) => tracing::error!(%error, "cannot delete learners who have done nothing"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use tokio::time::{sleep, timeout};

    use super::*;
    use crate::budget::Quota;

    #[tokio::test]
    async fn the_database_is_checked_again_and_again() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = Store::open(folder.path(), Quota::default()).expect("a store");
        let checks = tokio::spawn(check_integrity(store.clone(), Duration::from_millis(10)));
        let found = async |is_damaged| {
            let found = async {
                let last = || store.figures().check.map(|last| last.damage.is_some());
                while last() != Some(is_damaged) {
                    sleep(Duration::from_millis(5)).await;
                }
            };
            timeout(Duration::from_mins(3), found).await.is_ok()
        };
        assert!(found(false).await);
        for name in ["hxlab.db", "hxlab.db-wal"] {
            let file = fs::File::options()
                .write(true)
                .open(folder.path().join(name));
            let mut file = file.expect("a file");
            let length = file.metadata().expect("a length").len();
            let garbage = vec![0xaa; usize::try_from(length).expect("it is small")];
            file.write_all(&garbage).expect("it takes them");
        }
        assert!(found(true).await);
        checks.abort();
    }
}
