//! Builds anew when a data file changes: they are embedded.

use std::io::{Write, stdout};

fn main() -> std::io::Result<()> {
    writeln!(stdout(), "cargo:rerun-if-changed=forms")
}
