//! `placet health`: whether the server on this machine is ready, for container health checks.

use serde_json::json;

use super::output::{Failure, Output};
use super::probe;
use crate::config::Config;

pub(super) async fn run(config: &Config, output: Output) -> Result<(), Failure> {
    let url = probe::health_url(config);
    match probe::health(config).await {
        Ok(()) => output.print(&json!({ "ready": true, "url": url }), || {
            format!("ready at {url}\n")
        }),
        Err(reason) => Err(Failure::failed(format!("not ready at {url}: {reason}"))),
    }
}
