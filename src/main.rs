//! guitai 柜台: the service desk of a marriage and funeral registry.

fn main() -> std::process::ExitCode {
    guitai::cli::run()
}
