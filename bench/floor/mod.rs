//! The floors: the same work without us. Each is this program started once more, on the server's core.

mod argon2id;
mod bearer;
mod http;
mod pools;
mod sql;
mod statements;
mod turns;

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::Result;
use crate::host::{Host, Process};
use crate::load::Figures;

pub(crate) use turns::first_refresh_token;

/// The second start: what to do, then its arguments.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["http", folder] => http::serve(Path::new(folder)),
        [kind, settings @ ..] => {
            // As the parent described it; the cores are the same, the figures must be.
            let host = Host::take_place()?;
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            let figures = tokio::task::LocalSet::new().block_on(&runtime, async {
                match (*kind, settings) {
                    ("argon2id", _) => argon2id::measure(&host).await,
                    (kind, [url]) => sql::measure(&host, kind, url).await,
                    _ => Err("unknown floor".into()),
                }
            })?;
            crate::tell(&serde_json::to_string(&figures)?);
            Ok(())
        }
        [] => Err("which floor?".into()),
    }
}

fn command(host: &Host) -> Result<Command> {
    let program = std::env::current_exe()?;
    let mut command = host.pinned(program.to_str().ok_or("this program's path is not UTF-8")?);
    command
        .arg("floor")
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    Ok(command)
}

/// Runs a floor that measures itself: `code`, `refresh` with the database's URL, or `argon2id`.
pub(crate) async fn figures(host: &Host, arguments: &[&str]) -> Result<Figures> {
    let mut process = Process::start(command(host)?.args(arguments), "KILL")?;
    let pipe = process.child.stdout.take().ok_or("no pipe")?;
    // On a thread of its own, so that Ctrl-C and the time limit are still heard.
    let line = tokio::task::spawn_blocking(move || read_line(pipe)).await??;
    serde_json::from_str(&line)
        .map_err(|_| format!("floor {} gave no figures", arguments.join(" ")).into())
}

fn read_line(pipe: impl std::io::Read) -> std::io::Result<String> {
    let mut line = String::new();
    BufReader::new(pipe).read_line(&mut line)?;
    Ok(line)
}

/// The bare HTTP server.
pub(crate) struct Http {
    pub(crate) process: Process,
    pub(crate) address: SocketAddr,
}

impl Http {
    /// Starts it with what it needs in `folder`.
    pub(crate) fn start(host: &Host, folder: &Path, settings: &Value) -> Result<Self> {
        std::fs::write(folder.join(http::SETTINGS), settings.to_string())?;
        let mut process = Process::start(command(host)?.arg("http").arg(folder), "KILL")?;
        let pipe = process.child.stdout.take().ok_or("no pipe")?;
        let address = read_line(pipe)?.trim().parse()?;
        Ok(Self { process, address })
    }
}
