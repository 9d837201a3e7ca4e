//! Other machines than this one: another user, a container's list of system calls, a kernel that lacks
//! something. Each is made for one process, before the program begins in it.

use std::collections::BTreeMap;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};

const NOBODY: u32 = 65_534;

/// What a container's usual profile refuses (of Docker's, what a process could ask for at all).
const CONTAINER: &[i64] = &[
    libc::SYS_add_key,
    libc::SYS_bpf,
    libc::SYS_fanotify_init,
    libc::SYS_finit_module,
    libc::SYS_fsopen,
    libc::SYS_init_module,
    libc::SYS_io_uring_setup,
    libc::SYS_kexec_load,
    libc::SYS_keyctl,
    libc::SYS_mount,
    libc::SYS_move_mount,
    libc::SYS_open_by_handle_at,
    libc::SYS_open_tree,
    libc::SYS_perf_event_open,
    libc::SYS_pivot_root,
    libc::SYS_ptrace,
    libc::SYS_quotactl,
    libc::SYS_reboot,
    libc::SYS_request_key,
    libc::SYS_setns,
    libc::SYS_umount2,
    libc::SYS_unshare,
    libc::SYS_userfaultfd,
];

/// As an ordinary user; whoever runs the tests without being root is one already.
pub fn ordinary_user(command: &mut Command) {
    // SAFETY: geteuid only asks.
    if unsafe { libc::geteuid() } == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
}

/// In a container without name spaces of its own.
pub fn container(command: &mut Command) {
    let rules = CONTAINER.iter().map(|call| (*call, Vec::new())).collect();
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = rules;
    let name_spaces = u64::try_from(libc::CLONE_NEWUSER).expect("a flag");
    rules.insert(libc::SYS_clone, vec![masked(0, name_spaces, name_spaces)]);
    refuse(command, rules, libc::EPERM);
}

/// On a kernel without Landlock.
pub fn without_landlock(command: &mut Command) {
    let rules = BTreeMap::from([(libc::SYS_landlock_create_ruleset, Vec::new())]);
    refuse(command, rules, libc::ENOSYS);
}

/// On a kernel that takes no list of system calls; only the one that plays this kernel is there.
pub fn without_seccomp(command: &mut Command) {
    let set = u64::try_from(libc::PR_SET_SECCOMP).expect("a number");
    let rules = BTreeMap::from([
        (libc::SYS_seccomp, Vec::new()),
        (libc::SYS_prctl, vec![masked(0, u64::from(u32::MAX), set)]),
    ]);
    refuse(command, rules, libc::EINVAL);
}

fn masked(argument: u8, mask: u64, value: u64) -> SeccompRule {
    let condition = SeccompCondition::new(
        argument,
        SeccompCmpArgLen::Dword,
        SeccompCmpOp::MaskedEq(mask),
        value,
    );
    SeccompRule::new(vec![condition.expect("a condition")]).expect("a rule")
}

/// Has these calls fail with this error in the process to come and in all that it starts.
fn refuse(command: &mut Command, rules: BTreeMap<i64, Vec<SeccompRule>>, error: i32) {
    let arch = std::env::consts::ARCH.try_into().expect("a known machine");
    let error = SeccompAction::Errno(u32::try_from(error).expect("a number"));
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, error, arch).expect("rules");
    let filter = BpfProgram::try_from(filter).expect("a filter");
    let apply = move || seccompiler::apply_filter(&filter).map_err(io::Error::other);
    // SAFETY: between fork and exec only two system calls are made.
    unsafe { command.pre_exec(apply) };
}
