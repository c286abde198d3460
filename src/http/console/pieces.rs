//! What pages of the console are made of. Everything here is plain text, escaped where it is shown.

use askama::Template;
use chrono::{DateTime, Utc};

use super::chart::Chart;
use super::form::Form;

/// Pieces one after another.
#[derive(Default, Template)]
#[template(path = "admin/_pieces.html")]
pub(crate) struct Pieces(pub Vec<Piece>);

/// A part of a page.
pub(crate) enum Piece {
    Text(String),
    /// The same in muted letters.
    Help(String),
    Notice(Notice),
    Facts(Vec<Fact>),
    Table(Table),
    Code {
        label: String,
        text: String,
    },
    Form(Box<Form>),
    Filter(Filter),
    Search(Search),
    Links(Vec<Link>),
    List(Vec<Cell>),
    /// Things to choose from: a link, and what it is.
    Cards(Vec<Vec<Cell>>),
    Section(Part),
    /// Folded until it is asked for.
    Fold(Part),
    Charts(Vec<Chart>),
}

/// A link that looks like one, or like a button among [`Piece::Links`].
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub label: String,
    pub href: String,
    /// What it is about, where several links of a page have one label; read out, not shown.
    pub about: Option<String>,
}

impl Link {
    pub(crate) fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            about: None,
        }
    }

    /// What it is about, for those who hear it alone.
    #[must_use]
    pub(crate) fn about(mut self, about: impl Into<String>) -> Self {
        self.about = Some(about.into());
        self
    }
}

/// Something to know before all else.
pub(crate) struct Notice {
    pub is_bad: bool,
    pub text: String,
    pub link: Option<Link>,
}

impl Notice {
    /// What is wrong, in one sentence.
    pub(crate) fn bad(text: impl Into<String>) -> Self {
        Self {
            is_bad: true,
            text: text.into(),
            link: None,
        }
    }
}

/// A name and its values.
pub(crate) struct Fact {
    pub name: String,
    pub values: Vec<Cell>,
}

impl Fact {
    pub(crate) fn new(name: impl Into<String>, value: Cell) -> Self {
        Self::of(name, vec![value])
    }

    pub(crate) fn of(name: impl Into<String>, values: Vec<Cell>) -> Self {
        Self {
            name: name.into(),
            values,
        }
    }
}

/// A value in a table, a list or among facts.
pub(crate) enum Cell {
    Text(String),
    /// In muted letters: what is said where there is nothing.
    Muted(String),
    /// What developers copy.
    Code(String),
    Link(Link),
    Tags(Vec<String>),
    State(State),
    Time(Moment),
    /// Folded until it is asked for: a label, and what developers read.
    Folded(&'static str, String),
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn code(text: impl Into<String>) -> Self {
        Self::Code(text.into())
    }

    pub(crate) fn muted(text: impl Into<String>) -> Self {
        Self::Muted(text.into())
    }

    pub(crate) fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link(Link::new(label, href))
    }

    pub(crate) fn time(at: DateTime<Utc>) -> Self {
        Self::Time(Moment::new(at))
    }

    /// When something that a person allowed ends.
    pub(crate) fn until(end: Option<DateTime<Utc>>) -> Self {
        end.map_or_else(|| Self::muted("Taken back"), Self::time)
    }

    /// The text, or in muted letters what is said where there is none.
    pub(crate) fn or(text: Option<&str>, nothing: &str) -> Self {
        text.map_or_else(|| Self::muted(nothing), Self::text)
    }
}

/// A moment for machines and for people.
pub(crate) struct Moment {
    pub machine: String,
    pub people: String,
}

impl Moment {
    pub(crate) fn new(at: DateTime<Utc>) -> Self {
        let people = at.format("%e %B %Y, %H:%M UTC").to_string();
        Self {
            machine: at.to_rfc3339(),
            people: people.trim().to_owned(),
        }
    }
}

/// A state by word and shape; colour only adds to it.
pub(crate) struct State {
    pub shape: Shape,
    pub word: String,
}

/// The shape beside a state's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A tick: works.
    Good,
    /// A cross: does not work, or no more.
    Off,
    /// A triangle: look at it.
    Alert,
    /// A clock: not yet, or not for long.
    Waits,
}

impl State {
    pub(crate) fn cell(shape: Shape, word: impl Into<String>) -> Cell {
        Cell::State(Self {
            shape,
            word: word.into(),
        })
    }

    fn icon(&self) -> &'static str {
        match self.shape {
            Shape::Good => "i-check",
            Shape::Off => "i-cross",
            Shape::Alert => "i-alert",
            Shape::Waits => "i-clock",
        }
    }

    fn class(&self) -> &'static str {
        match self.shape {
            Shape::Good => "good",
            Shape::Off => "soft",
            Shape::Alert => "bad",
            Shape::Waits => "",
        }
    }
}

/// Rows under headings. The first cell of a row is its heading.
pub(crate) struct Table {
    pub caption: String,
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
    /// What is said where there are no rows: what would be here, and how to make the first.
    pub empty: Vec<Cell>,
    /// The address of the next part.
    pub next: Option<String>,
    /// The address of the first part, where this is not it.
    pub first: Option<String>,
}

impl Table {
    pub(crate) fn new(caption: impl Into<String>, columns: &[&'static str]) -> Self {
        Self {
            caption: caption.into(),
            columns: columns.to_vec(),
            rows: Vec::new(),
            empty: Vec::new(),
            next: None,
            first: None,
        }
    }

    #[must_use]
    pub(crate) fn rows(mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        self.rows.extend(rows);
        self
    }

    #[must_use]
    pub(crate) fn empty(mut self, cells: Vec<Cell>) -> Self {
        self.empty = cells;
        self
    }
}

/// A filter above a table: a form that is sent with GET.
pub(crate) struct Filter {
    pub action: String,
    pub search: Option<FilterText>,
    pub choices: Vec<FilterChoice>,
    /// Something was filtered: the way to all.
    pub is_active: bool,
}

/// A form that looks for something by several things; sent with GET.
pub(crate) struct Search {
    pub action: String,
    pub fields: Vec<SearchField>,
    /// Something was looked for: the way to all.
    pub is_active: bool,
}

/// A field of it.
pub(crate) struct SearchField {
    pub name: &'static str,
    pub label: &'static str,
    /// Of an `input`; where there are options, it does not matter.
    pub kind: &'static str,
    pub value: String,
    /// Value, word, whether it is chosen.
    pub options: Vec<(String, String, bool)>,
}

/// The field that is searched with.
pub(crate) struct FilterText {
    pub name: &'static str,
    pub label: &'static str,
    pub value: String,
}

/// One of several values, or all.
pub(crate) struct FilterChoice {
    pub name: &'static str,
    pub label: &'static str,
    /// Value, word, whether it is chosen.
    pub options: Vec<(&'static str, &'static str, bool)>,
}

/// Pieces under a heading.
pub(crate) struct Part {
    pub id: String,
    pub heading: String,
    pub help: Option<String>,
    pub pieces: Pieces,
}

impl Part {
    pub(crate) fn new(id: impl Into<String>, heading: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            heading: heading.into(),
            help: None,
            pieces: Pieces::default(),
        }
    }

    #[must_use]
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    #[must_use]
    pub(crate) fn with(mut self, piece: impl Into<Piece>) -> Self {
        self.pieces.0.push(piece.into());
        self
    }

    /// Folded until it is asked for.
    pub(crate) fn folded(self) -> Piece {
        Piece::Fold(self)
    }
}

impl From<Part> for Piece {
    fn from(part: Part) -> Self {
        Self::Section(part)
    }
}

impl From<Form> for Piece {
    fn from(form: Form) -> Self {
        Self::Form(Box::new(form))
    }
}

impl From<Table> for Piece {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

impl From<Filter> for Piece {
    fn from(filter: Filter) -> Self {
        Self::Filter(filter)
    }
}

impl From<Search> for Piece {
    fn from(search: Search) -> Self {
        Self::Search(search)
    }
}

impl From<Notice> for Piece {
    fn from(notice: Notice) -> Self {
        Self::Notice(notice)
    }
}
