//! `[mail]`: how mail leaves this server, and whom it is from.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Deserializer};
use url::Url;

use super::Config;
use crate::model::client::is_deceptive;
use crate::model::secret::Secret;
use crate::model::user::check_email;

/// How mail leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailTransport {
    /// Not at all: nothing that needs mail is offered.
    None,
    /// By a mail server.
    Smtp,
    /// As files in a folder, for development.
    File,
}

/// `[mail]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailSettings {
    pub transport: MailTransport,
    pub from: Option<Sender>,
    pub smtp_url: Option<SmtpUrl>,
    /// Read it through [`MailSettings::credentials`].
    pub smtp_password: Option<Secret<String>>,
    /// Without TLS also to other machines.
    pub allow_plain: bool,
    /// Where `file` puts mails.
    pub folder: PathBuf,
}

impl Default for MailSettings {
    fn default() -> Self {
        Self {
            transport: MailTransport::None,
            from: None,
            smtp_url: None,
            smtp_password: None,
            allow_plain: false,
            folder: PathBuf::from("data/mail"),
        }
    }
}

impl MailSettings {
    /// Whether mail can be sent.
    pub fn is_set_up(&self) -> bool {
        self.transport != MailTransport::None
    }

    /// Where mail goes, for people: never with a password.
    pub fn place(&self) -> String {
        match (self.transport, &self.smtp_url) {
            (MailTransport::Smtp, Some(url)) => url.to_string(),
            (MailTransport::File, _) => format!("the folder {}", self.folder.display()),
            (MailTransport::Smtp | MailTransport::None, _) => "not set up".to_owned(),
        }
    }

    /// User name and password for the mail server.
    pub fn credentials(&self) -> Option<(String, Secret<String>)> {
        let url = self.smtp_url.as_ref()?;
        let password = self.smtp_password.as_ref().or(url.password.as_ref())?;
        Some((url.username.clone()?, password.clone()))
    }
}

/// Whom mails are from: `Acme <id@acme.example>`, or the address alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub name: Option<String>,
    pub address: String,
}

impl FromStr for Sender {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FAULT: &str = "it is not an e-mail address, nor a name with one in <>";
        let text = text.trim();
        let (name, address) = match text.strip_suffix('>') {
            Some(rest) => rest.rsplit_once('<').ok_or(FAULT)?,
            None => ("", text),
        };
        let name = name.trim().trim_matches('"').trim();
        if name.chars().count() > 100 || name.chars().any(is_deceptive) {
            return Err(FAULT);
        }
        if address.contains(['<', '>', '"', ',', ';']) {
            return Err(FAULT);
        }
        check_email(address).map_err(|_| FAULT)?;
        Ok(Self {
            name: (!name.is_empty()).then(|| name.to_owned()),
            address: address.to_owned(),
        })
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address),
            None => f.write_str(&self.address),
        }
    }
}

impl<'de> Deserialize<'de> for Sender {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// TLS from the first byte (RFC 8314 §3.3): `smtps://`.
    Tls,
    /// TLS after STARTTLS, or no mail (RFC 3207): `smtp+starttls://`.
    StartTls,
    /// None: `smtp://`.
    Plain,
}

/// The mail server's address. Prints without its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmtpUrl {
    pub security: SmtpSecurity,
    pub host: String,
    pub port: u16,
    username: Option<String>,
    password: Option<Secret<String>>,
}

impl SmtpUrl {
    /// Whether the mail server is on this machine.
    pub fn is_loopback(&self) -> bool {
        let address = self.host.trim_matches(['[', ']']).parse::<IpAddr>();
        address.map_or(self.host == "localhost", |address| address.is_loopback())
    }
}

impl FromStr for SmtpUrl {
    type Err = &'static str;

    /// No fault repeats the URL: it may hold a password.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Url::parse(text).map_err(|_| {
            "not a URL; if the password has special characters, percent-encode them or put it into mail.smtp_password"
        })?;
        let (security, port) = match url.scheme() {
            "smtps" => (SmtpSecurity::Tls, 465),
            "smtp+starttls" => (SmtpSecurity::StartTls, 587),
            "smtp" => (SmtpSecurity::Plain, 25),
            _ => return Err("the URL must begin with smtps:, smtp+starttls: or smtp:"),
        };
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or("the URL names no host")?;
        let is_bare = matches!(url.path(), "" | "/") && url.query().is_none();
        if !is_bare || url.fragment().is_some() {
            return Err("the URL has more than a host, a port, a user name and a password");
        }
        let decoded = |text: &str| {
            let decoded = percent_decode_str(text).decode_utf8();
            decoded.map(String::from).map_err(|_| "not UTF-8")
        };
        let username = Some(url.username()).filter(|name| !name.is_empty());
        let password = url.password().map(decoded).transpose()?;
        Ok(Self {
            security,
            host: host.to_owned(),
            port: url.port().unwrap_or(port),
            username: username.map(decoded).transpose()?,
            password: password.map(Secret::new),
        })
    }
}

impl fmt::Display for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.security {
            SmtpSecurity::Tls => "smtps",
            SmtpSecurity::StartTls => "smtp+starttls",
            SmtpSecurity::Plain => "smtp",
        };
        write!(f, "{scheme}://{}:{}", self.host, self.port)
    }
}

impl<'de> Deserialize<'de> for SmtpUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What is wrong with the section as a whole: a setting, and the fault.
pub(super) fn fault(config: &Config) -> Option<(&'static str, &'static str)> {
    let mail = &config.mail;
    let url = mail.smtp_url.as_ref();
    let is_plain = url.is_some_and(|url| url.security == SmtpSecurity::Plain && !url.is_loopback());
    let is_smtp = mail.transport == MailTransport::Smtp;
    let has_user = url.is_some_and(|url| url.username.is_some());
    let has_both = url.is_some_and(|url| url.password.is_some()) && mail.smtp_password.is_some();
    let faults = [
        (
            is_smtp && url.is_none(),
            "mail.smtp_url",
            "must be given with mail.transport = \"smtp\"",
        ),
        (
            mail.is_set_up() && mail.from.is_none(),
            "mail.from",
            "must be given with any mail.transport but \"none\"",
        ),
        (
            !is_smtp && url.is_some(),
            "mail.smtp_url",
            "is given, but mail.transport is not \"smtp\"",
        ),
        (
            is_plain && !mail.allow_plain,
            "mail.smtp_url",
            "without TLS only this machine is called, unless mail.allow_plain is true; use smtps: or smtp+starttls:",
        ),
        (
            mail.smtp_password.is_some() && !has_user,
            "mail.smtp_password",
            "mail.smtp_url has no user name that it could be for",
        ),
        (
            has_both,
            "mail.smtp_password",
            "mail.smtp_url holds a password already; give one of the two",
        ),
    ];
    let found = faults.into_iter().find(|(is_wrong, ..)| *is_wrong);
    found.map(|(_, key, fault)| (key, fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_server_is_read_and_never_printed_whole() {
        for (text, security, port, shown) in [
            (
                "smtps://ada:p%40ss@mail.example",
                SmtpSecurity::Tls,
                465,
                "smtps://mail.example:465",
            ),
            (
                "smtp+starttls://mail.example:2587",
                SmtpSecurity::StartTls,
                2587,
                "smtp+starttls://mail.example:2587",
            ),
            (
                "smtp://127.0.0.1:1025/",
                SmtpSecurity::Plain,
                1025,
                "smtp://127.0.0.1:1025",
            ),
        ] {
            let url: SmtpUrl = text.parse().unwrap();
            assert_eq!(
                (url.security, url.port, url.to_string().as_str()),
                (security, port, shown)
            );
            assert!(!format!("{url:?}").contains("p@ss"));
        }
        let url: SmtpUrl = "smtps://ada:p%40ss@mail.example".parse().unwrap();
        assert_eq!(url.password.unwrap().expose(), "p@ss");
        for text in [
            "mail.example:25",
            "http://mail.example",
            "smtp://",
            "smtp:///x",
            "smtps://mail.example/?tls=none",
            "smtp://a#b",
        ] {
            assert!(text.parse::<SmtpUrl>().is_err(), "{text}");
        }
        let is_loopback = |text: &str| text.parse::<SmtpUrl>().unwrap().is_loopback();
        assert!(
            is_loopback("smtp://localhost")
                && is_loopback("smtp://[::1]:25")
                && is_loopback("smtp://127.9.0.1")
        );
        assert!(!is_loopback("smtp://mail.example") && !is_loopback("smtp://localhost.example"));
    }

    #[test]
    fn a_sender_is_a_name_and_an_address() {
        let sender: Sender = "Acme, Inc. <id@acme.example>".parse().unwrap();
        assert_eq!(
            (sender.name.as_deref(), sender.address.as_str()),
            (Some("Acme, Inc."), "id@acme.example")
        );
        assert_eq!("id@acme.example".parse::<Sender>().unwrap().name, None);
        for text in [
            "",
            "Acme",
            "Acme <id>",
            "Acme\r\nBcc: x <id@acme.example>",
            "<id@acme.example",
            "a <b <id@acme.example>>",
        ] {
            assert!(text.parse::<Sender>().is_err(), "{text}");
        }
    }
}
