//! Asks a running server, as `health` and `doctor` do.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::{Certificate, Client, ClientBuilder};
use serde_json::Value;

use crate::config::Config;

const HEALTH_TIMEOUT: Duration = Duration::from_secs(3);
const ISSUER_TIMEOUT: Duration = Duration::from_secs(5);
/// Discovery documents have a few kilobytes.
const MAX_DOCUMENT_BYTES: usize = 256 * 1024;

/// Where this machine reaches the server: its own address where it listens on all of them.
pub(super) fn health_url(config: &Config) -> String {
    let listen = match config.listen.parse::<SocketAddr>() {
        Ok(address) if address.ip().is_unspecified() => {
            let loopback = match address.ip() {
                IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
                IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
            };
            SocketAddr::new(loopback, address.port()).to_string()
        }
        _ => config.listen.clone(),
    };
    format!("http://{listen}{}/health/ready", config.issuer.path())
}

/// Whether the server at [`health_url`] is ready; else why not.
pub(super) async fn health(config: &Config) -> Result<(), String> {
    // No authorities are needed for plain HTTP, and a small container may have none, which would be an error.
    let client = builder(HEALTH_TIMEOUT)
        .no_proxy()
        .tls_certs_only([])
        .build()
        .map_err(|error| reason(&error))?;
    let answer = client
        .get(health_url(config))
        .send()
        .await
        .map_err(|error| reason(&error))?;
    let status = answer.status();
    if status.is_success() {
        Ok(())
    } else {
        Err(format!("it answered {status}"))
    }
}

/// The `issuer` in the discovery document at the configured issuer; else why it could not be read.
pub(super) async fn published_issuer(config: &Config) -> Result<String, String> {
    let mut builder = builder(ISSUER_TIMEOUT);
    if config.issuer.is_loopback() {
        builder = builder.no_proxy();
    }
    if !config.issuer.is_https() {
        builder = builder.tls_certs_only([]);
    }
    if let Some(file) = &config.outgoing.extra_ca_file {
        let pem = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        builder = builder
            .tls_certs_merge(Certificate::from_pem_bundle(&pem).map_err(|error| reason(&error))?);
    }
    let client: Client = builder.build().map_err(|error| reason(&error))?;
    let url = format!(
        "{}/.well-known/openid-configuration",
        config.issuer.as_str()
    );
    let answer = client
        .get(url)
        .send()
        .await
        .map_err(|error| reason(&error))?;
    let status = answer.status();
    if !status.is_success() {
        return Err(format!("it answered {status}"));
    }
    if answer
        .content_length()
        .is_some_and(|length| length > MAX_DOCUMENT_BYTES as u64)
    {
        return Err("its answer is too long for a discovery document".to_owned());
    }
    let document: Value = answer.json().await.map_err(|error| reason(&error))?;
    let issuer = document.get("issuer").and_then(Value::as_str);
    issuer
        .map(str::to_owned)
        .ok_or_else(|| "its answer has no issuer".to_owned())
}

fn builder(timeout: Duration) -> ClientBuilder {
    Client::builder()
        .timeout(timeout)
        .redirect(reqwest::redirect::Policy::none())
}

/// The innermost cause: reqwest's own text only says that sending failed.
fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
