//! Own projects and their snapshots.

use super::*;
use crate::exercise::ProjectId;

async fn add(store: &Store, learner: LearnerId, id: &str, text: &str) -> ProjectId {
    let id = ProjectId::from(id);
    let new = NewProject {
        name: "Mine".to_owned(),
        htmx: 2,
        files: project(text),
    };
    let added = store.add_project(learner, &id, new).await.expect("a write");
    added.expect("there is room");
    id
}

async fn save(store: &Store, learner: LearnerId, id: &ProjectId, text: &str, base: u64) {
    let exercise = ExerciseId::of_project(id);
    let saved = store.save_draft(learner, &exercise, &project(text), base);
    saved.await.expect("a write");
}

async fn share(store: &Store, learner: LearnerId, id: &ProjectId, new: &str) -> String {
    let shared = store.share(learner, id, new).await.expect("a write");
    shared.expect("a project").expect("there is room").id
}

pub(super) async fn a_project_is_its_learners_alone(backend: &dyn Backend) {
    let store = backend.open();
    let (ada, bob) = (learner(&store, 1).await, learner(&store, 2).await);
    let id = add(&store, ada, "one", "1").await;
    let own = store.own_project(ada, &id).await.expect("a read");
    let own = own.expect("it is there");
    assert_eq!((&*own.name, own.htmx, own.snapshots), ("Mine", 2, 0));
    let draft = store.draft(ada, &ExerciseId::of_project(&id)).await;
    assert_eq!(draft.expect("a read").expect("a draft").version, 1);
    assert_eq!(store.own_project(bob, &id).await.expect("a read"), None);
    assert_eq!(store.own_projects(bob).await.expect("a read"), []);
    for theirs in [
        store.rename_project(bob, &id, "Bob's").await,
        store.mark_deleted(bob, &id, true).await,
        store.erase_project(bob, &id).await,
    ] {
        assert!(!theirs.expect("a write"), "another's");
    }
    assert_eq!(store.share(bob, &id, "s").await.expect("a write"), None);
    assert!(
        store
            .rename_project(ada, &id, "Hers")
            .await
            .expect("a write")
    );
    let own = store.own_project(ada, &id).await.expect("a read");
    assert_eq!(own.expect("it is there").name, "Hers");
}

pub(super) async fn a_deleted_project_comes_back_with_its_links(backend: &dyn Backend) {
    let store = backend.open();
    let ada = learner(&store, 1).await;
    let id = add(&store, ada, "one", "1").await;
    let shared = share(&store, ada, &id, "shared").await;
    assert!(
        !store.erase_project(ada, &id).await.expect("a write"),
        "it is not deleted"
    );
    assert!(store.mark_deleted(ada, &id, true).await.expect("a write"));
    assert!(
        !store.mark_deleted(ada, &id, true).await.expect("a write"),
        "it is already"
    );
    assert_eq!(store.own_project(ada, &id).await.expect("a read"), None);
    assert_eq!(store.snapshot(&shared).await.expect("a read"), None);
    assert!(store.own_projects(ada).await.expect("a read")[0].is_deleted);
    assert!(store.mark_deleted(ada, &id, false).await.expect("a write"));
    assert!(store.snapshot(&shared).await.expect("a read").is_some());
    assert!(store.mark_deleted(ada, &id, true).await.expect("a write"));
    assert_eq!(
        store.sweep_projects().await.expect("a write"),
        0,
        "it is too soon"
    );
    assert!(store.erase_project(ada, &id).await.expect("a write"));
    assert_eq!(store.own_projects(ada).await.expect("a read"), []);
    assert!(!store.mark_deleted(ada, &id, false).await.expect("a write"));
    let draft = store.draft(ada, &ExerciseId::of_project(&id)).await;
    assert_eq!(draft.expect("a read"), None);
}

pub(super) async fn a_snapshot_stays_as_it_was_until_it_is_taken_back(backend: &dyn Backend) {
    let store = backend.open();
    let (ada, bob) = (learner(&store, 1).await, learner(&store, 2).await);
    let id = add(&store, ada, "one", "1").await;
    let first = share(&store, ada, &id, "first").await;
    assert_eq!(
        share(&store, ada, &id, "again").await,
        first,
        "the same files"
    );
    let renamed = store.rename_project(ada, &id, "Renamed").await;
    assert!(renamed.expect("a write"));
    assert_eq!(
        share(&store, ada, &id, "renamed").await,
        "renamed",
        "its page shows the name"
    );
    save(&store, ada, &id, "2", 1).await;
    assert_eq!(share(&store, ada, &id, "second").await, "second");
    let snapshot = store
        .snapshot("first")
        .await
        .expect("a read")
        .expect("it is shared");
    assert_eq!((&snapshot.files, snapshot.learner), (&project("1"), ada));
    let both = store.snapshots(ada, &id).await.expect("a read");
    let both: Vec<_> = both.iter().map(|shared| &*shared.id).collect();
    assert_eq!(both, ["second", "renamed", "first"]);
    assert!(
        store
            .take_back(bob, "first")
            .await
            .expect("a write")
            .is_none(),
        "another's"
    );
    let of = store.take_back(ada, "first").await.expect("a write");
    assert_eq!(of, Some(id));
    assert_eq!(store.snapshot("first").await.expect("a read"), None);
    assert!(store.snapshot("second").await.expect("a read").is_some());
}

pub(super) async fn a_learner_has_so_many_projects(backend: &dyn Backend) {
    let store = backend.open();
    let ada = learner(&store, 1).await;
    for number in 0..PROJECTS_MOST {
        add(&store, ada, &number.to_string(), "1").await;
    }
    let new = NewProject {
        name: "One more".to_owned(),
        htmx: 2,
        files: project("1"),
    };
    let more = store.add_project(ada, &"more".into(), new).await;
    assert_eq!(more.expect("a write"), Err(TooMany::Projects));
}

pub(super) async fn who_is_forgotten_leaves_no_project_and_no_snapshot(backend: &dyn Backend) {
    let store = backend.open();
    let (ada, bob) = (learner(&store, 1).await, learner(&store, 2).await);
    let (hers, his) = (
        add(&store, ada, "hers", "1").await,
        add(&store, bob, "his", "1").await,
    );
    let (of_ada, of_bob) = (
        share(&store, ada, &hers, "of ada").await,
        share(&store, bob, &his, "of bob").await,
    );
    // Only the snapshot has the first text now.
    save(&store, ada, &hers, "2", 1).await;
    let kept = store.kept(ada).await.expect("a read");
    assert_eq!(
        (kept.projects, kept.snapshots, kept.lessons.len()),
        (1, 1, 0)
    );
    assert!(kept.has_work());
    let mut told = String::new();
    let mut place = KeptPlace::default();
    while let Some(piece) = store.kept_piece(ada, place).await.expect("a read") {
        let rows = format!("{}: {:?}\n", piece.list, piece.rows);
        told.push_str(&rows);
        place = piece.next;
    }
    assert!(
        told.contains("own_projects: ") && told.contains("of ada"),
        "{told}"
    );
    assert!(told.contains("Lobby") && !told.contains("of bob"), "{told}");
    let forgotten = store.forget(ada).await.expect("a write");
    assert_eq!(forgotten.snapshots, [of_ada.as_str()]);
    assert_eq!(store.snapshot(&of_ada).await.expect("a read"), None);
    let others = store.snapshot(&of_bob).await.expect("a read");
    assert_eq!(others.expect("it is shared").files, project("1"));
}
