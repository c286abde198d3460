//! How single values are read where text alone is not enough. Faults never repeat a secret.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use ipnet::IpNet;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use url::Url;

use crate::model::secret::Secret;

/// How careful SQLite is at each commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Synchronous {
    /// A loss of power may undo the last commits, never more.
    Normal,
    /// It may not.
    Full,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

/// Who may register a client by `POST /register`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationMode {
    /// Nobody.
    Closed,
    /// Whoever has an initial access token (RFC 7591 §3).
    Token,
    /// Anyone, within limits.
    Open,
}

/// Where the audit log is written to, beside the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditExport {
    Off,
    Stdout,
    File(PathBuf),
}

pub(super) fn audit_export<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<AuditExport, D::Error> {
    let text = String::deserialize(deserializer)?;
    match text.as_str() {
        "off" => Ok(AuditExport::Off),
        "stdout" => Ok(AuditExport::Stdout),
        // A word is sooner meant as a switch than as the name of a file.
        path if path.contains(['/', '.']) => Ok(AuditExport::File(PathBuf::from(path))),
        _ => Err(D::Error::custom(format!(
            "{text:?} is neither off, stdout nor the path of a file"
        ))),
    }
}

/// The text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not 32 bytes in base64")]
pub struct SecretKeyError;

/// Reads the secret key: 32 bytes, base64 of either alphabet, padded or not.
pub fn parse_secret_key(text: &str) -> Result<Secret<[u8; 32]>, SecretKeyError> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    [alphabet::STANDARD, alphabet::URL_SAFE]
        .iter()
        .find_map(|alphabet| GeneralPurpose::new(alphabet, config).decode(text).ok())
        .and_then(|bytes| bytes.try_into().ok())
        .map(Secret::new)
        .ok_or(SecretKeyError)
}

pub(super) fn secret_key<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Secret<[u8; 32]>>, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_secret_key(text.trim())
        .map(Some)
        .map_err(D::Error::custom)
}

pub(super) fn listen<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.parse::<SocketAddr>().is_ok() || is_host_and_port(&text) {
        return Ok(text);
    }
    Err(D::Error::custom(format!(
        "{text:?} is not an address and a port"
    )))
}

/// `host:port`, where the host is a name, an IPv4 address, or an IPv6 address in brackets.
fn is_host_and_port(text: &str) -> bool {
    let Some((host, port)) = text.rsplit_once(':') else {
        return false;
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.' || c == '_';
    let bracketed = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    let is_host = match bracketed {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => !host.is_empty() && host.chars().all(is_name),
    };
    is_host && port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok()
}

/// Whether only this machine can reach that address.
pub(super) fn is_loopback(listen: &str) -> bool {
    match listen.parse::<SocketAddr>() {
        Ok(address) => address.ip().is_loopback(),
        Err(_) => listen.starts_with("localhost:"),
    }
}

pub(super) fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let length = text.chars().count();
    if text.trim().is_empty() || length > 100 || text.chars().any(char::is_control) {
        return Err(D::Error::custom(
            "must have 1 to 100 characters on one line",
        ));
    }
    Ok(text)
}

pub(super) fn log<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    match tracing_subscriber::EnvFilter::builder().parse(&text) {
        Ok(_) => Ok(text),
        Err(error) => Err(D::Error::custom(format!(
            "{text:?} is not a log filter: {error}"
        ))),
    }
}

pub(super) fn networks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IpNet>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    let read = |text: &String| {
        let network = text.parse::<IpNet>().ok();
        network
            .or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
            .ok_or_else(|| D::Error::custom(format!("{text:?} is not an IP address or network")))
    };
    texts.iter().map(read).collect()
}

pub(super) fn hosts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    match texts.iter().find(|text| !is_host_and_port(text)) {
        Some(text) => Err(D::Error::custom(format!("{text:?} is not host:port"))),
        None => Ok(texts.iter().map(|text| text.to_ascii_lowercase()).collect()),
    }
}

impl super::OutgoingSettings {
    /// How `allow_hosts` names the host of that address.
    pub fn entry_of(url: &Url) -> Option<String> {
        let (host, port) = (url.host()?, url.port_or_known_default()?);
        Some(format!("{host}:{port}"))
    }
}

/// A list as the environment has it: comma-separated, blanks around the items do not count.
pub(super) fn split_list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}
