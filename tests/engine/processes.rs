//! What the kernel tells of processes.

use std::fs;

/// A number in a process's status, if it is still there.
pub fn field<T: std::str::FromStr>(pid: u32, name: &str) -> Option<T> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Of a Run, the zygote.
pub fn parent_of(pid: u32) -> u32 {
    field(pid, "PPid:").expect("it was just there")
}

/// Zombies among them.
pub fn children_of(pid: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").expect("there are processes");
    let pids = processes
        .flatten()
        .filter_map(|it| it.file_name().to_str()?.parse().ok());
    pids.filter(|it: &u32| field(*it, "PPid:") == Some(pid))
        .collect()
}
