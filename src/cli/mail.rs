//! `placet mail`: whether mail arrives.

use clap::Subcommand;
use serde_json::json;

use super::output::{Failure, Output};
use crate::clock::Clock;
use crate::config::{Config, MailTransport};
use crate::mail::{Draft, Mailer};
use crate::model::user::check_email;
use crate::random;
use crate::texts::Texts;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Send one mail to try it out
    Test {
        /// Whom to
        address: String,
    },
}

pub(super) async fn run(command: Command, config: &Config, output: Output) -> Result<(), Failure> {
    let Command::Test { address } = command;
    check_email(&address).map_err(|fault| Failure::usage(format!("{address:?}: {fault}")))?;
    let mailer = Mailer::new(config).map_err(|error| Failure::failed(error.to_string()))?;
    if !mailer.is_set_up() {
        return Err(Failure::failed(
            "mail is not set up: set mail.transport, mail.from and mail.smtp_url",
        ));
    }
    let (texts, installation) = (Texts::of(config.language), config.name.clone());
    let draft = Draft {
        texts,
        subject: texts
            .say("mail-test-subject")
            .with("installation", &installation),
        lines: vec![
            texts
                .say("mail-test-what")
                .with("installation", &installation),
        ],
        button: None,
        closing: Vec::new(),
        installation,
    };
    let letter = draft.written_to(&address);
    let letter = letter.ok_or_else(|| Failure::failed("the mail cannot be written"))?;
    let sent = mailer.send(&letter, random::uuid(), Clock::system().now());
    if let Err(error) = sent.await {
        let answer = error.answer.map(|answer| format!(" ({answer})"));
        let answer = answer.unwrap_or_default();
        return Err(Failure::failed(format!("{}{answer}", error.fault)));
    }
    output.print(&json!({ "to": address, "sent": true }), || {
        if config.mail.transport == MailTransport::File {
            let folder = config.mail.folder.display();
            return format!(
                "written into {folder}, where mail.transport = \"file\" puts mails; nothing was sent\n"
            );
        }
        format!("sent to {address}\n")
    })
}
