//! The other end of a running hxlab's control socket: `hxlab stop`, `block`, `unblock` and `blocked`.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustix::process::geteuid;

use super::stop::Stop;
use crate::settings::{Flags, Settings};
use crate::store;
use crate::web::control::FILE;
use crate::web::control::wire::{BlockedEntry, Order, Reply};

/// An answer takes no longer, where the program lives.
const WITHIN: Duration = Duration::from_secs(30);

/// The folder by which a running hxlab is found.
#[derive(clap::Args)]
pub(super) struct WhichArguments {
    /// The data folder of the running hxlab, as for serve
    #[arg(long, value_name = "DIR")]
    data: Option<String>,
}

/// A running hxlab, by its data folder.
pub(super) struct Running {
    folder: PathBuf,
}

impl Running {
    /// The one that the command line or the other settings name.
    pub(super) fn of(which: WhichArguments) -> Result<Self, Stop> {
        let folder = data_folder(which.data)?;
        there_is_site(&folder)?;
        Ok(Self { folder })
    }

    /// Asks it one thing; what it refuses is a [`Stop`].
    pub(super) fn ask(&self, order: &Order) -> Result<Reply, Stop> {
        let mut stream = self.connect()?;
        let answered = exchange(&mut stream, order);
        match answered.map_err(|error| self.broke(&error))? {
            Reply::Refused(why) => Err(Stop::new(why)),
            reply => Ok(reply),
        }
    }

    fn connect(&self) -> Result<UnixStream, Stop> {
        let path = self.folder.join(FILE);
        let folder = self.folder.display();
        UnixStream::connect(&path).map_err(|error| {
            Stop::new(match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => format!(
                    "no hxlab runs on the data folder {folder}: nobody answers at {}; name the folder of the one that \
                     runs with --data DIR",
                    path.display()
                ),
                io::ErrorKind::PermissionDenied => format!(
                    "only root and the user that hxlab runs as may ask it, and {} is closed to you",
                    path.display()
                ),
                _ if is_too_long(&path) => format!(
                    "the path {} is longer than a socket's may be, so hxlab has none there; give it a shorter --data",
                    path.display()
                ),
                _ => format!("cannot ask the hxlab on the data folder {folder}: {error}"),
            })
        })
    }

    fn broke(&self, error: &io::Error) -> Stop {
        let folder = self.folder.display();
        Stop::new(match error.kind() {
            io::ErrorKind::UnexpectedEof => {
                format!("the hxlab on the data folder {folder} has ended, or does not let you ask")
            }
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
                format!("the hxlab on the data folder {folder} does not answer")
            }
            _ => format!("cannot ask the hxlab on the data folder {folder}: {error}"),
        })
    }
}

/// The data folder that `serve` with the same settings has.
pub(super) fn data_folder(data: Option<String>) -> Result<PathBuf, Stop> {
    let flags = Flags {
        data,
        ..Flags::default()
    };
    Ok(Settings::read(&flags)?.data)
}

/// Where the Debian package keeps its site's data.
const OF_PACKAGE: &str = "/var/lib/hxlab";

/// Whether a site keeps its data in a folder: what only reads or asks makes none.
pub(super) fn there_is_site(folder: &Path) -> Result<(), Stop> {
    let database = folder.join(store::FILE);
    let why = match database.try_exists() {
        Ok(true) => return Ok(()),
        // The folder is closed to who asks, and that is said where it is opened.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(()),
        Ok(false) if folder.is_dir() => "it has no database",
        Ok(false) | Err(_) => "there is no such folder",
    };
    let other = Path::new(OF_PACKAGE);
    let has_other =
        other != folder && other.join(store::FILE).try_exists().unwrap_or(true) && other.is_dir();
    let mend = if has_other {
        format!("such as {OF_PACKAGE}, where the package's service has it")
    } else {
        "as the running hxlab has it".to_owned()
    };
    Err(Stop::new(format!(
        "no site keeps its data in {}: {why} (looked for {}); name its folder with --data DIR, {mend}",
        folder.display(),
        database.display()
    )))
}

/// Stops root where a data folder belongs to somebody else: a service that runs as them could not open what root has
/// written there. `command` is what they are to run.
pub(super) fn is_own(folder: &Path, command: &str) -> Result<(), Stop> {
    let owner = fs::metadata(folder).map_or(0, |folder| folder.uid());
    if !geteuid().is_root() || owner == 0 {
        return Ok(());
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = user_name(&users, owner).unwrap_or(format!("#{owner}"));
    let folder = folder.display();
    Err(Stop::new(format!(
        "the data folder {folder} belongs to the user {name}, and what root writes there a hxlab of theirs could not \
         open; nothing was changed: run it as that user, by runuser -u {name} -- hxlab {command} --data {folder} …"
    )))
}

/// The name that a user has in the lines of `/etc/passwd`.
fn user_name(users: &str, id: u32) -> Option<String> {
    let mut users = users
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>());
    let user = users.find(|fields| fields.get(2) == Some(&id.to_string().as_str()))?;
    Some(user[0].to_owned())
}

/// Linux takes so many bytes, with a zero at the end.
pub(super) fn is_too_long(path: &Path) -> bool {
    path.as_os_str().len() >= 108
}

fn exchange(stream: &mut UnixStream, order: &Order) -> io::Result<Reply> {
    stream.set_read_timeout(Some(WITHIN))?;
    stream.set_write_timeout(Some(WITHIN))?;
    let order = serde_json::to_string(order)? + "\n";
    stream.write_all(order.as_bytes())?;
    let mut line = String::new();
    if BufReader::new(stream).read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(serde_json::from_str(&line)?)
}

/// Has a running hxlab do something, and says what it did.
pub(super) fn order(which: WhichArguments, order: &Order) -> Result<(), Stop> {
    match Running::of(which)?.ask(order)? {
        Reply::Done(what) => println!("{what}"),
        other => return Err(Stop::new(format!("an answer of another kind: {other:?}"))),
    }
    Ok(())
}

/// Lists who is blocked, and for how long.
pub(super) fn blocked(which: WhichArguments) -> Result<(), Stop> {
    let Reply::Blocked(all) = Running::of(which)?.ask(&Order::Blocked)? else {
        return Err(Stop::new("an answer of another kind"));
    };
    if all.is_empty() {
        println!("nobody is blocked or stopped");
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.unwrap_or_default().as_secs();
    for entry in all {
        println!("{}", line(&entry, now));
    }
    Ok(())
}

/// Who is blocked, and for how long; a line that was written by hand may have no time.
fn line(entry: &BlockedEntry, now: u64) -> String {
    match entry.since {
        0 => entry.what.clone(),
        since => format!("{}  for {}", entry.what, ago(now.saturating_sub(since))),
    }
}

/// How long, in the largest unit of which there are two.
fn ago(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_blocked_is_listed_with_how_long_where_that_is_known() {
        let of = |since| BlockedEntry {
            what: "address 192.0.2.1".to_owned(),
            since,
        };
        let now = 1_800_000_000;
        assert_eq!(line(&of(now - 300), now), "address 192.0.2.1  for 5 min");
        assert_eq!(line(&of(0), now), "address 192.0.2.1");
    }

    #[test]
    fn a_user_is_named_by_their_number() {
        let users =
            "root:x:0:0:root:/root:/bin/bash\nhxlab:x:500:500::/var/lib/hxlab:/usr/sbin/nologin\n";
        assert_eq!(user_name(users, 500).as_deref(), Some("hxlab"));
        assert_eq!(user_name(users, 50), None);
    }
}
