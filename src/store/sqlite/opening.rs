//! Opening the database: its folder, its file, what must hold of both, and bringing it up to date.

use std::fs::DirBuilder;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;

use super::integrity::Integrity;
use super::lock::FolderLock;
use super::readers::Readers;
use super::reserve::Reserve;
use super::writer::Writer;
use super::{FILE, Sqlite, backup, schema, upgrade, wal};
use crate::store::StoreError;
use crate::store::announcements::Announcements;

/// The database's file, as it was opened.
#[derive(Clone)]
pub(super) struct OpenFile {
    pub(super) path: PathBuf,
    /// Tells it from another one of its name.
    inode: Option<u64>,
}

impl OpenFile {
    fn of(path: PathBuf) -> Self {
        let inode = inode(&path);
        Self { path, inode }
    }

    /// Whether its name still leads to it.
    pub(super) fn is_there(&self) -> bool {
        self.inode.is_some() && inode(&self.path) == self.inode
    }
}

fn inode(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().map(|file| file.ino())
}

impl Sqlite {
    /// Opens the database in this folder, makes both if needed, and brings it up to date.
    pub(in crate::store) fn open(
        folder: &Path,
        announcements: Announcements,
    ) -> Result<Self, StoreError> {
        make_folder(folder)?;
        tell_if_open_to_others(folder);
        let lock = FolderLock::take(folder)?;
        backup::clean_up(folder)?;
        let file = folder.join(FILE);
        let reserve = Reserve::of(folder);
        let is_new = !file.exists();
        let opened = match open_all(&file) {
            // SQLite needs some room to begin with.
            Err(StoreError::Full) if reserve.give_up() => open_all(&file),
            opened => opened,
        };
        if is_new && opened.is_err() {
            take_away_empty(&file);
        }
        let (connection, readers) = opened?;
        reserve.renew();
        if !reserve.is_there() {
            tracing::warn!(
                "there is no room on the disk for hxlab.reserve: once it is full, learners cannot delete what is kept"
            );
        }
        Ok(Self {
            readers: Arc::new(readers),
            writer: Writer::start(connection, announcements, lock)?,
            texts: Arc::default(),
            integrity: Integrity::of(&file),
            file: OpenFile::of(file),
            reserve,
        })
    }
}

/// Leaves no empty database where there was no room to begin one.
fn take_away_empty(file: &Path) {
    if std::fs::metadata(file).is_ok_and(|found| found.len() == 0) {
        let _ = std::fs::remove_file(file);
    }
}

/// The connection that writes, once the database is up to date, and those that read.
pub(super) fn open_all(file: &Path) -> Result<(Connection, Readers), StoreError> {
    wal::check(file)?;
    let mut connection = schema::connect(file)?;
    schema::taken(&connection, file)?;
    wal::adopt(&connection, file)?;
    upgrade::keep_copy(&connection, file)?;
    schema::migrate(&mut connection, file)?;
    Ok((connection, Readers::open(file)?))
}

pub(super) fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let fault = |error: std::io::Error| StoreError::folder(folder, &error);
    let mut folders = DirBuilder::new();
    folders
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(fault)
}

/// Says so in the log where others than its owner may look into a data folder that was there already.
fn tell_if_open_to_others(folder: &Path) {
    let mode = std::fs::metadata(folder).map_or(0, |it| it.permissions().mode());
    if mode & 0o077 != 0 {
        let (path, mode) = (folder.display(), format!("{:o}", mode & 0o777));
        tracing::warn!(%path, mode, "others on this machine can look into the data folder: chmod 700 closes it");
    }
}
