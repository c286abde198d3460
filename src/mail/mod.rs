//! Mail: what it looks like ([`letter`]), and how it leaves. When it is sent, and again, is `app`'s business.

pub mod letter;

use std::error::Error as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use lettre::address::AddressError;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Category;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use url::Host;
use uuid::Uuid;

use crate::config::{Config, MailTransport, SmtpSecurity, SmtpUrl};

pub use letter::{Draft, Letter};

/// From the connection to the last word. Shorter than the first rest between two attempts.
const TIMEOUT: Duration = Duration::from_secs(25);
/// For each step of it.
const STEP_TIMEOUT: Duration = Duration::from_secs(15);

type Smtp = AsyncSmtpTransport<Tokio1Executor>;

/// Why mail cannot be set up so.
#[derive(Debug, thiserror::Error)]
#[error("{setting}: {cause}")]
pub struct SetupError {
    setting: &'static str,
    cause: String,
}

/// Why a mail did not leave.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{fault}")]
pub struct SendError {
    /// In words of ours, which name neither an address nor a link: for the log.
    pub fault: String,
    /// What the mail server said, which may name the address: for whoever typed it.
    pub answer: Option<String>,
    /// To try again is of no use.
    pub is_final: bool,
}

/// Sends mail, by the settings.
pub struct Mailer {
    from: Option<Mailbox>,
    way: Way,
}

enum Way {
    None,
    Smtp(Box<Smtp>),
    Folder(PathBuf),
}

impl Mailer {
    /// A mailer by these settings. No connection is made.
    pub fn new(config: &Config) -> Result<Self, SetupError> {
        let settings = &config.mail;
        let from = settings.from.as_ref().map(|from| {
            let address = address(&from.address);
            let address = address.map_err(|error| setup("mail.from", &error))?;
            Ok::<_, SetupError>(Mailbox::new(from.name.clone(), address))
        });
        let way = match (settings.transport, &settings.smtp_url) {
            (MailTransport::Smtp, Some(url)) => Way::Smtp(Box::new(smtp(config, url)?)),
            (MailTransport::File, _) => Way::Folder(settings.folder.clone()),
            (MailTransport::Smtp | MailTransport::None, _) => Way::None,
        };
        Ok(Self {
            from: from.transpose()?,
            way,
        })
    }

    /// Whether there is a way for mail to leave.
    pub const fn is_set_up(&self) -> bool {
        !matches!(self.way, Way::None)
    }

    /// Sends one mail, once. `id` and `date` are the mail's own: sent again, it is the same.
    pub async fn send(
        &self,
        letter: &Letter,
        id: Uuid,
        date: DateTime<Utc>,
    ) -> Result<(), SendError> {
        let Some(from) = &self.from else {
            return Err(failed("mail is not set up", false));
        };
        let message = message(from, letter, id, date)?;
        match &self.way {
            Way::None => Err(failed("mail is not set up", false)),
            Way::Smtp(smtp) => deliver(smtp, message).await,
            Way::Folder(folder) => {
                let name = format!("{}-{}.eml", date.format("%Y%m%dT%H%M%S"), id.simple());
                write_file(folder, &name, &message.formatted()).map_err(|error| {
                    failed(&format!("cannot write into mail.folder: {error}"), false)
                })
            }
        }
    }

    /// Whether mail could leave now: connects, says hello, authenticates. What was found, for people; where it goes stands beside it.
    pub async fn check(&self) -> Result<&'static str, SendError> {
        match &self.way {
            Way::None => Ok("nothing that needs it is offered"),
            Way::Smtp(smtp) if within(smtp.test_connection()).await? => {
                Ok("answers and lets us in")
            }
            Way::Smtp(_) => Err(failed("does not answer NOOP", false)),
            Way::Folder(folder) => {
                let made = make_folder(folder);
                made.map_err(|error| failed(&format!("cannot be made: {error}"), false))?;
                Ok("mails are written there and leave this machine never")
            }
        }
    }
}

fn setup(setting: &'static str, cause: &dyn std::fmt::Display) -> SetupError {
    SetupError {
        setting,
        cause: cause.to_string(),
    }
}

fn failed(fault: &str, is_final: bool) -> SendError {
    SendError {
        fault: fault.to_owned(),
        answer: None,
        is_final,
    }
}

fn smtp(config: &Config, url: &SmtpUrl) -> Result<Smtp, SetupError> {
    let host = url.host.trim_matches(['[', ']']);
    let tls = match url.security {
        SmtpSecurity::Plain => Tls::None,
        SmtpSecurity::Tls => Tls::Wrapper(tls(config, host)?),
        SmtpSecurity::StartTls => Tls::Required(tls(config, host)?),
    };
    let mut builder = Smtp::builder_dangerous(host)
        .port(url.port)
        .tls(tls)
        .hello_name(hello(config))
        .timeout(Some(STEP_TIMEOUT));
    if let Some((username, password)) = config.mail.credentials() {
        builder = builder.credentials(Credentials::new(username, password.into_inner()));
    }
    Ok(builder.build())
}

/// Who we say we are: the issuer's host, an address of numbers as a literal (RFC 5321 §4.1.3).
fn hello(config: &Config) -> ClientId {
    match config.issuer.url().host() {
        Some(Host::Domain(name)) => ClientId::Domain(name.to_owned()),
        Some(Host::Ipv4(address)) => ClientId::Ipv4(address),
        Some(Host::Ipv6(address)) => ClientId::Ipv6(address),
        None => ClientId::Domain("localhost".to_owned()),
    }
}

/// An address with its domain as DNS has it (RFC 5890 §2.3.2.1): headers are ASCII, and not every mail server takes others (RFC 6531).
fn address(text: &str) -> Result<Address, AddressError> {
    let parts = text
        .rsplit_once('@')
        .filter(|(_, domain)| !domain.is_ascii());
    let encoded = parts.and_then(|(local, domain)| match Host::parse(domain).ok()? {
        Host::Domain(domain) => Some(Address::new(local, domain)),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    });
    encoded.unwrap_or_else(|| text.parse())
}

/// The usual authorities, and those of `outgoing.extra_ca_file`.
fn tls(config: &Config, host: &str) -> Result<TlsParameters, SetupError> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(file) = &config.outgoing.extra_ca_file {
        let setting = "outgoing.extra_ca_file";
        let pem = std::fs::read(file).map_err(|error| setup(setting, &error))?;
        let extra = Certificate::from_pem(&pem).map_err(|error| setup(setting, &error))?;
        builder = builder.add_root_certificate(extra);
    }
    builder
        .build()
        .map_err(|error| setup("mail.smtp_url", &error))
}

/// Whatever is in it, a header stays one line: every value goes through a type that encodes it (RFC 2047) or refuses it.
fn message(
    from: &Mailbox,
    letter: &Letter,
    id: Uuid,
    date: DateTime<Utc>,
) -> Result<Message, SendError> {
    let unfit = || failed("the address is none that mail can be sent to", true);
    let to = address(&letter.to).map_err(|_| unfit())?;
    let message_id = format!("<{}@{}>", id.simple(), from.email.domain());
    let raw = |name: &'static str, value: &str| {
        HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
    };
    let language: String = letter
        .language
        .chars()
        .filter(char::is_ascii_graphic)
        .collect();
    let built = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(letter.subject.replace(char::is_control, " "))
        .message_id(Some(message_id))
        .date(SystemTime::from(date))
        // RFC 3834 §5: no machine answers it.
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        .raw_header(raw("Content-Language", &language))
        .multipart(MultiPart::alternative_plain_html(
            letter.text.clone(),
            letter.html.clone(),
        ));
    built.map_err(|error| failed(&format!("the mail cannot be made: {error}"), true))
}

async fn deliver(smtp: &Smtp, message: Message) -> Result<(), SendError> {
    within(smtp.send(message)).await.map(drop)
}

async fn within<T>(call: impl Future<Output = Result<T, smtp::Error>>) -> Result<T, SendError> {
    match tokio::time::timeout(TIMEOUT, call).await {
        Ok(done) => done.map_err(|error| refused(&error)),
        Err(_) => Err(failed("the mail server does not answer in time", false)),
    }
}

/// What the server says may repeat the address, so of that only the number goes into the log.
fn refused(error: &smtp::Error) -> SendError {
    let source = error.source().map(ToString::to_string);
    let fault = match error.status() {
        Some(code) => format!("the mail server refuses it with {code}"),
        None if error.is_response() => "what the mail server says is no SMTP".to_owned(),
        None => {
            let cause = source.as_deref().unwrap_or("unknown");
            format!("no connection to the mail server: {cause}")
        }
    };
    // RFC 5321 §4.2.1: what is refused for good is not sent again; but 53x is about our own password (RFC 4954 §6), which somebody may mend.
    let is_about_us = |category| category == Category::Unspecified3;
    let is_final = error.is_permanent()
        && error
            .status()
            .is_some_and(|code| !is_about_us(code.category));
    SendError {
        fault,
        // Without a word of the server's it is the cause, which is said already.
        answer: source.filter(|_| error.status().is_some() || error.is_response()),
        is_final,
    }
}

/// For its owner's eyes alone: there are links in it.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn write_file(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    make_folder(folder)?;
    let mut options = std::fs::File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(folder.join(name))?.write_all(bytes)
}

#[cfg(test)]
mod tests;
