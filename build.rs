//! Bundles what comes from npm: runs `npm ci` in `embedded/` when its packages are missing or old,
//! then `embedded/build.mjs`, which writes `$OUT_DIR/dist` for `src/assets.rs` to pack in.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, exit};

fn main() {
    let dist = Path::new(&variable("OUT_DIR")).join("dist");
    let embedded = Path::new(&variable("CARGO_MANIFEST_DIR")).join("embedded");
    watch(&embedded);
    if !packages_are_current(&embedded) {
        println!(
            "cargo::warning=this build installed the packages of embedded/package-lock.json (npm ci)"
        );
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund"]);
        run(npm.current_dir(&embedded), "install the npm packages");
    }
    let mut bundle = Command::new("node");
    bundle.arg("build.mjs").arg(&dist).current_dir(&embedded);
    run(&mut bundle, "bundle scripts and styles");
}

/// Runs this again when what is packed in changes; not for `node_modules`, which it fills itself, nor for what is
/// installed beside the program.
fn watch(embedded: &Path) {
    println!("cargo::rerun-if-changed=lessons");
    let entries = fs::read_dir(embedded).unwrap_or_else(|error| {
        fail(&format!("cannot read {}: {error}", embedded.display()));
    });
    for name in entries.flatten().map(|entry| entry.file_name()) {
        if name != "node_modules" && name != "packaging" {
            println!("cargo::rerun-if-changed=embedded/{}", name.display());
        }
    }
}

/// npm copies the lock file into `node_modules` at the end of an install.
fn packages_are_current(embedded: &Path) -> bool {
    let time = |path: &str| fs::metadata(embedded.join(path)).and_then(|meta| meta.modified());
    match (
        time("node_modules/.package-lock.json"),
        time("package-lock.json"),
    ) {
        (Ok(installed), Ok(locked)) => installed >= locked,
        _ => false,
    }
}

fn run(command: &mut Command, purpose: &str) {
    match command.output() {
        Ok(output) if output.status.success() => {}
        Ok(output) => fail(&format!(
            "could not {purpose} ({command:?} ended with {}):\n{}{}",
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        )),
        Err(error) => fail(&format!(
            "could not {purpose}: {} did not start ({error}); install Node.js 20 or newer with npm",
            command.get_program().display(),
        )),
    }
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| fail(&format!("{name} is not set: build with cargo")))
}

fn fail(sentence: &str) -> ! {
    eprintln!("hxlab's build: {sentence}");
    exit(1)
}
