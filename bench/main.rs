//! What one core does, each figure beside the same work without us: `cargo bench --bench grants`. See `bench/README.md`.
//!
//! This program is the load generator, on one core. It starts the release server and Postgres on another core, and starts
//! itself once more there for each floor.

#![expect(clippy::print_stdout, reason = "the table is what this program is for")]
#![expect(
    clippy::print_stderr,
    reason = "and while it works it says what it is at"
)]

mod cases;
mod floor;
mod host;
mod load;
mod postgres;
mod report;
mod server;
mod suite;
mod wire;

use std::process::ExitCode;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

/// The server's allocator, so that the floors have no other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub(crate) type Error = Box<dyn std::error::Error>;
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// All of it ends by then, come what may.
const TIME_LIMIT: Duration = Duration::from_mins(9);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.first().map(String::as_str) {
        Some("floor") => floor::run(&arguments[1..]),
        // `cargo test --all-targets` runs benches too, without this.
        _ if !arguments.iter().any(|argument| argument == "--bench") => Ok(()),
        _ => bench(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bench(arguments: &[String]) -> Result<()> {
    let host = host::Host::take_place()?;
    let is_json = arguments.iter().any(|argument| argument == "--json");
    let only = arguments
        .iter()
        .find(|argument| !argument.starts_with('-'))
        .cloned();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let report = tokio::task::LocalSet::new().block_on(&runtime, async {
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            biased;
            _ = tokio::signal::ctrl_c() => Err("interrupted".into()),
            _ = terminate.recv() => Err("terminated".into()),
            () = tokio::time::sleep(TIME_LIMIT) => Err("not done within nine minutes".into()),
            report = suite::run(host, only.as_deref()) => report,
        }
    })?;
    if is_json {
        println!("{}", report.json()?);
    } else {
        print!("{}", report.table());
    }
    Ok(())
}

/// One line on stdout, for the parent of a floor.
pub(crate) fn tell(line: &str) {
    println!("{line}");
}

/// One line on stderr.
pub(crate) fn progress(line: &str) {
    eprintln!("{line}");
}
