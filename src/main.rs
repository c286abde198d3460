//! The `placet` program.

use std::process::ExitCode;

/// Signing and hashing on many threads at once: the system's allocator is slower there, and gives memory back late.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    placet::cli::run(std::env::args_os())
}
