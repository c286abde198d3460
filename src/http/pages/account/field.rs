//! A field of a form: with its label, what helps to fill it in, and what is wrong with it.

use crate::texts::{Message, Texts};

/// One line to type in.
pub(crate) struct Field {
    pub name: &'static str,
    pub label: Message,
    /// The type of the input; `lines` where there may be several.
    pub kind: &'static str,
    pub value: String,
    pub autocomplete: &'static str,
    pub help: Option<Message>,
    pub problem: Option<Message>,
    pub is_required: bool,
}

/// What is wrong, as the head of the page says it.
#[derive(Clone)]
pub(crate) struct Problem {
    /// The id of the field; empty where it is at none.
    pub field: &'static str,
    pub text: Message,
}

impl Problem {
    pub(crate) fn at(field: &'static str, text: Message) -> Self {
        Self { field, text }
    }

    /// What is wrong with these fields, in their order.
    pub(crate) fn of(fields: &[Field]) -> Vec<Self> {
        let found = fields.iter().filter_map(|field| {
            let text = field.problem.clone()?;
            Some(Self::at(field.name, text))
        });
        found.collect()
    }
}

impl Field {
    pub(crate) fn new(texts: Texts, name: &'static str, label: &'static str) -> Self {
        Self {
            name,
            label: texts.say(label),
            kind: "text",
            value: String::new(),
            autocomplete: "off",
            help: None,
            problem: None,
            is_required: false,
        }
    }

    #[must_use]
    pub(crate) fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    #[must_use]
    pub(crate) fn autocomplete(mut self, autocomplete: &'static str) -> Self {
        self.autocomplete = autocomplete;
        self
    }

    #[must_use]
    pub(crate) fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    #[must_use]
    pub(crate) fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// For `aria-describedby`; empty where nothing describes it.
    pub(crate) fn described_by(&self) -> String {
        let help = self.help.as_ref().map(|_| format!("{}-help", self.name));
        let problem = self.problem.as_ref();
        let problem = problem.map(|_| format!("{}-problem", self.name));
        let ids: Vec<String> = [problem, help].into_iter().flatten().collect();
        ids.join(" ")
    }
}
