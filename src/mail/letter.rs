//! What a mail says: the same words as text and as HTML, in one language.

use askama::Template;
use serde::{Deserialize, Serialize};

use crate::texts::{Message, Texts};

/// A mail that is ready to be sent, but for its number and date.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    /// A language tag (BCP 47).
    pub language: String,
    pub text: String,
    pub html: String,
}

/// What a mail is to say.
pub struct Draft {
    pub texts: Texts,
    /// Whose mail it is: the installation's name.
    pub installation: String,
    /// Also the heading.
    pub subject: Message,
    pub lines: Vec<Message>,
    /// What is to be done, and where.
    pub button: Option<(Message, String)>,
    /// What stands below it.
    pub closing: Vec<Message>,
}

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct Text<'a> {
    draft: &'a Draft,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'a> {
    draft: &'a Draft,
}

impl Draft {
    /// The mail to that address; `None` if a template failed, which is no fault of the address.
    pub fn written_to(&self, to: &str) -> Option<Letter> {
        let rendered = Text { draft: self }
            .render()
            .and_then(|text| Html { draft: self }.render().map(|html| (text, html)));
        match rendered {
            Ok((text, html)) => Some(Letter {
                to: to.to_owned(),
                subject: self.subject.plain(),
                language: self.texts.language.tag().to_owned(),
                text,
                html,
            }),
            Err(error) => {
                tracing::error!(%error, "a mail does not render");
                None
            }
        }
    }
}
