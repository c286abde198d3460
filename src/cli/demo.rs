//! `placet demo`: stand-in.

use std::process::ExitCode;

use crate::config::Config;

pub fn run(_config: Config) -> ExitCode {
    super::output::error("placet demo is not there yet");
    ExitCode::FAILURE
}
