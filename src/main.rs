//! The `hxlab` program: reads the command line and runs one command.

fn main() {
    if std::env::args().nth(1).as_deref() == Some("zygote") {
        hxlab::engine::zygote();
    }
}
