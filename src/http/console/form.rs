//! Forms of the console: each field with a sentence that explains it, what was typed kept, faults said beside the field and
//! summed up on top.

use actix_web::http::StatusCode;
use askama::Template;

use super::guard::Admin;
use super::pieces::{Cell, Fact, Link};
use crate::admin::AdminError;
use crate::oauth::params::Params;

/// A form that is posted to an address of the console.
#[derive(Template)]
#[template(path = "admin/_form.html")]
pub(crate) struct Form {
    pub action: String,
    pub csrf: String,
    /// The version that the form was made from.
    pub version: Option<i64>,
    pub hidden: Vec<(&'static str, String)>,
    pub fields: Vec<Field>,
    /// Field name, or empty for the whole form, and sentence.
    pub problems: Vec<(String, String)>,
    /// Somebody else changed it meanwhile: what is stored now is shown beside each field that differs.
    pub is_late: bool,
    pub submit: &'static str,
    /// It takes something away.
    pub is_dangerous: bool,
    pub cancel: Option<Link>,
}

impl Form {
    pub(crate) fn new(admin: &Admin, action: String, submit: &'static str) -> Self {
        Self {
            csrf: admin.csrf(&action),
            action,
            version: None,
            hidden: Vec::new(),
            fields: Vec::new(),
            problems: Vec::new(),
            is_late: false,
            submit,
            is_dangerous: false,
            cancel: None,
        }
    }

    #[must_use]
    pub(crate) fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    #[must_use]
    pub(crate) fn fields(mut self, fields: impl IntoIterator<Item = Field>) -> Self {
        self.fields.extend(fields);
        self
    }

    #[must_use]
    pub(crate) fn hidden(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.hidden.push((name, value.into()));
        self
    }

    /// Sent back with the form, so that nobody else's change is overwritten (see [`Admin::by_form`]).
    #[must_use]
    pub(crate) fn version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }

    #[must_use]
    pub(crate) fn dangerous(mut self) -> Self {
        self.is_dangerous = true;
        self
    }

    #[must_use]
    pub(crate) fn cancel(mut self, href: String) -> Self {
        self.cancel = Some(Link::new("Cancel", href));
        self
    }

    /// With what was refused: at its field, if the form has one of that name. Until it is said that somebody was quicker, the
    /// form keeps the version that it was made from.
    #[must_use]
    pub(crate) fn refused(mut self, typed: Option<&Params>, refusal: Option<&Refusal>) -> Self {
        if let (Some(typed), Some(Refusal::Fault { .. })) = (typed, refusal) {
            self.version = typed.get("version").and_then(|text| text.parse().ok());
        }
        match refusal {
            None => {}
            Some(Refusal::Late) => {
                self.is_late = true;
                self.fields
                    .iter_mut()
                    .for_each(|field| field.is_late = true);
            }
            Some(Refusal::Fault { field, sentence }) => {
                let of = self.fields.iter_mut().find(|known| known.name == *field);
                if let Some(of) = of {
                    of.problem = Some(sentence.clone());
                    self.problems.push(((*field).to_owned(), sentence.clone()));
                } else {
                    let text = match *field {
                        "" => sentence.clone(),
                        field => format!("{field}: {sentence}"),
                    };
                    self.problems.push((String::new(), text));
                }
            }
        }
        self
    }

    fn needs_focus(&self) -> bool {
        self.is_late || !self.problems.is_empty()
    }
}

/// Why a form comes back.
#[derive(Debug, Clone)]
pub(crate) enum Refusal {
    /// Somebody else changed the thing meanwhile.
    Late,
    Fault {
        field: &'static str,
        sentence: String,
    },
}

impl Refusal {
    /// The status of the page that says it.
    pub(crate) const fn status(&self) -> StatusCode {
        match self {
            Self::Late => StatusCode::CONFLICT,
            Self::Fault { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    pub(crate) fn new(field: &'static str, sentence: impl Into<String>) -> Self {
        Self::Fault {
            field,
            sentence: sentence.into(),
        }
    }

    /// What the form can say of that error; all else is the error itself, for [`Admin::failed`].
    pub(crate) fn of(error: AdminError) -> Result<Self, AdminError> {
        match error {
            AdminError::Invalid { field, fault } => Ok(Self::new(field, sentence(&fault))),
            AdminError::Changed { .. } => Ok(Self::Late),
            AdminError::AlreadyThere { .. } | AdminError::InUse { .. } | AdminError::Busy => {
                Ok(Self::new("", sentence(&error.to_string())))
            }
            other => Err(other),
        }
    }
}

/// One field.
pub(crate) struct Field {
    pub name: &'static str,
    pub label: String,
    pub help: Option<String>,
    pub kind: Kind,
    pub value: String,
    /// What is stored, to be shown where it differs and somebody else was quicker.
    pub stored: Option<String>,
    pub is_late: bool,
    pub problem: Option<String>,
    pub is_required: bool,
    pub autocomplete: &'static str,
}

/// What is typed or chosen.
pub(crate) enum Kind {
    /// One line; of an `input` type.
    Line(&'static str),
    /// Several lines: one value each, or a long text.
    Lines(u8),
    /// One tick.
    Tick,
    /// Several ticks, posted under one name.
    Ticks(Vec<Choice>),
    /// One of these.
    OneOf(Vec<Choice>),
    /// One of these, folded into a list.
    Select(Vec<Choice>),
}

/// One of several values.
pub(crate) struct Choice {
    pub value: String,
    pub label: String,
    pub help: Option<String>,
    pub is_chosen: bool,
}

impl Choice {
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            help: None,
            is_chosen: false,
        }
    }

    #[must_use]
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

impl Field {
    fn new(name: &'static str, label: impl Into<String>, kind: Kind) -> Self {
        Self {
            name,
            label: label.into(),
            help: None,
            kind,
            value: String::new(),
            stored: None,
            is_late: false,
            problem: None,
            is_required: false,
            autocomplete: "off",
        }
    }

    /// One line of text.
    pub(crate) fn line(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Line("text"))
    }

    /// One line of another `input` type: `email`, `url`, `number`, `password`.
    pub(crate) fn typed(name: &'static str, label: impl Into<String>, kind: &'static str) -> Self {
        Self::new(name, label, Kind::Line(kind))
    }

    /// Several lines.
    pub(crate) fn lines(name: &'static str, label: impl Into<String>, rows: u8) -> Self {
        Self::new(name, label, Kind::Lines(rows))
    }

    /// A tick, posted as `yes`.
    pub(crate) fn tick(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Tick)
    }

    pub(crate) fn ticks(
        name: &'static str,
        label: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        Self::new(name, label, Kind::Ticks(choices))
    }

    pub(crate) fn one_of(
        name: &'static str,
        label: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        Self::new(name, label, Kind::OneOf(choices))
    }

    pub(crate) fn select(
        name: &'static str,
        label: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        Self::new(name, label, Kind::Select(choices))
    }

    #[must_use]
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    #[must_use]
    pub(crate) fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    #[must_use]
    pub(crate) fn autocomplete(mut self, value: &'static str) -> Self {
        self.autocomplete = value;
        self
    }

    /// With its value: what was typed, where the form was sent before; else what is stored. For ticks and lines the values
    /// are separated by line breaks; a tick is `yes`.
    #[must_use]
    pub(crate) fn value(mut self, typed: Option<&Params>, stored: impl Into<String>) -> Self {
        let stored = stored.into();
        self.value = match typed {
            Some(typed) => typed.all(self.name).join("\n").replace("\r\n", "\n"),
            None => stored.clone(),
        };
        let chosen: Vec<&str> = self.value.split('\n').collect();
        if let Kind::Ticks(choices) | Kind::OneOf(choices) | Kind::Select(choices) = &mut self.kind
        {
            for choice in choices {
                choice.is_chosen = chosen.contains(&choice.value.as_str());
            }
        }
        self.stored = Some(stored);
        self
    }

    /// Its value, where nothing is typed.
    pub(crate) fn into_fact(self) -> Fact {
        let is_address = self.name.ends_with("uris") || self.name.ends_with("uri");
        let mut values: Vec<Cell> = match &self.kind {
            Kind::Tick => vec![Cell::text(if self.value == "yes" { "yes" } else { "no" })],
            Kind::Ticks(choices) | Kind::OneOf(choices) => choices
                .iter()
                .filter(|choice| choice.is_chosen)
                .map(|choice| match &choice.help {
                    Some(help) => Cell::text(format!("{}: {help}", choice.label)),
                    None => Cell::text(&choice.label),
                })
                .collect(),
            _ if is_address => self.value.lines().map(Cell::code).collect(),
            _ => self.value.lines().map(Cell::text).collect(),
        };
        if values.is_empty() {
            values.push(Cell::muted("none"));
        }
        Fact::of(self.label, values)
    }

    /// What is stored now, where it is not what the field holds.
    fn other(&self) -> Option<&str> {
        let stored = self.stored.as_deref().filter(|_| self.is_late)?;
        let sorted = |text: &str| {
            let mut lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
            lines.retain(|line| !line.is_empty());
            lines.sort_unstable();
            lines
        };
        (sorted(stored) != sorted(&self.value)).then_some(match stored {
            "" => "nothing",
            stored => stored,
        })
    }

    /// The ids of the sentences that belong to it.
    fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if self.problem.is_some() {
            ids.push(format!("{}-problem", self.name));
        }
        if self.other().is_some() {
            ids.push(format!("{}-now", self.name));
        }
        if self.help.is_some() {
            ids.push(format!("{}-help", self.name));
        }
        ids.join(" ")
    }
}

/// The lines of a field with one value on each.
pub(crate) fn lines(posted: &Params, name: &str) -> Vec<String> {
    let texts = posted.all(name).iter();
    let lines = texts.flat_map(|text| text.lines()).map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

/// A line of text, without blanks at its ends; empty where nothing was typed.
pub(crate) fn text(posted: &Params, name: &str) -> String {
    posted.get(name).unwrap_or_default().trim().to_owned()
}

/// Whether a tick was set.
pub(crate) fn is_ticked(posted: &Params, name: &str) -> bool {
    posted.get(name) == Some("yes")
}

/// A fault as a sentence for a person; of nothing, nothing.
pub(crate) fn sentence(fault: &str) -> String {
    let mut chars = fault.chars();
    let Some(first) = chars.next() else {
        return String::new();
    };
    let rest = chars.as_str().trim_end_matches('.');
    format!("{}{rest}.", first.to_uppercase())
}
