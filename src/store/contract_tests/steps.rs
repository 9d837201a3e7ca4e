//! Which steps a learner has done.

use super::*;
use crate::exercise::StepId;

pub(super) async fn a_tick_is_kept_once_and_for_good(backend: &dyn Backend) {
    let store = backend.open();
    let (ada, bob) = (learner(&store, 1).await, learner(&store, 2).await);
    let lobby = exercise("lobby");
    let mut heard = store.listen();
    let ids = |names: &[&str]| {
        names
            .iter()
            .map(|name| StepId::from(*name))
            .collect::<Vec<_>>()
    };
    let tick = async |names: &[&str]| store.tick(ada, &lobby, &ids(names)).await.expect("a write");
    assert_eq!(tick(&["append"]).await, ids(&["append"]));
    let both = tick(&["append", "log"]).await;
    assert_eq!(
        both,
        ids(&["append", "log"]),
        "all that are ticked are told"
    );
    assert_eq!(store.ticked(ada, &lobby).await.expect("a read"), both);
    assert!(store.ticked(bob, &lobby).await.expect("a read").is_empty());
    let other = ExerciseId {
        variant: Variant::of_htmx(4),
        ..lobby.clone()
    };
    assert!(store.ticked(ada, &other).await.expect("a read").is_empty());

    let mut steps = Vec::new();
    while let Ok(deed) = heard.try_recv() {
        if let What::Ticked { step, .. } = &deed.what {
            steps.push(step.clone());
        }
    }
    assert_eq!(steps, both, "each is a deed, once");
    store.close().await;

    let store = backend.open();
    let progress = store.progress(ada).await.expect("a read");
    assert!(progress.is_ticked("lobby", "append") && progress.is_ticked("lobby", "log"));
    assert!(!progress.is_ticked("lobby", "other") && !progress.is_ticked("chat", "log"));
    let kept = store.kept(ada).await.expect("a read");
    assert_eq!(kept.lessons["lobby"].steps, 2);
    assert!(kept.has_work());
    store.forget(ada).await.expect("a write");
    assert!(store.ticked(ada, &lobby).await.expect("a read").is_empty());
}

pub(super) async fn nobodys_tick_is_not_kept(backend: &dyn Backend) {
    let store = backend.open();
    let step = [StepId::from("append")];
    let ticked = store.tick(LearnerId(99), &exercise("lobby"), &step);
    ticked.await.expect_err("no such learner");
}
