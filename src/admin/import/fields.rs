//! One JSON object, taken apart field by field: what nobody takes is counted, what has another form than expected is noted.

use serde_json::{Map, Value};

use super::report::Report;

/// An object and what it is called in the report.
pub(super) struct Fields {
    kind: &'static str,
    pub(super) name: String,
    map: Map<String, Value>,
}

impl Fields {
    /// `None`, with a note, where it is no object.
    pub(super) fn of(kind: &'static str, value: Value, report: &mut Report) -> Option<Self> {
        let Value::Object(map) = value else {
            report.note((kind, ""), "", "it is no JSON object", "look at the file");
            return None;
        };
        Some(Self {
            kind,
            name: String::new(),
            map,
        })
    }

    /// The kind and name, as notes want them.
    pub(super) fn thing(&self) -> (&'static str, &str) {
        (self.kind, &self.name)
    }

    /// Notes something about a field of this thing.
    pub(super) fn note(
        &self,
        report: &mut Report,
        field: &str,
        why: impl Into<String>,
        mend: impl Into<String>,
    ) {
        report.note(self.thing(), field, why, mend);
    }

    /// A value of any form, unless it is empty.
    pub(super) fn value(&mut self, field: &str) -> Option<Value> {
        self.map.remove(field).filter(|value| !is_empty(value))
    }

    /// A text, unless it is empty.
    pub(super) fn text(&mut self, field: &str, report: &mut Report) -> Option<String> {
        match self.value(field)? {
            Value::String(text) => Some(text),
            _ => self.misfit(field, "a text", report),
        }
    }

    /// True or false, also where they are written as texts.
    pub(super) fn flag(&mut self, field: &str, report: &mut Report) -> Option<bool> {
        match self.map.remove(field)? {
            Value::Bool(flag) => Some(flag),
            Value::Null => None,
            Value::String(text) if text == "true" || text == "false" => Some(text == "true"),
            _ => self.misfit(field, "true or false", report),
        }
    }

    /// A list of texts; empty where there is none.
    pub(super) fn texts(&mut self, field: &str, report: &mut Report) -> Vec<String> {
        let Some(value) = self.value(field) else {
            return Vec::new();
        };
        let Value::Array(items) = value else {
            return self
                .misfit(field, "a list of texts", report)
                .unwrap_or_default();
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Value::String(text) => texts.push(text),
                _ => {
                    let _: Option<()> = self.misfit(field, "a list of texts", report);
                }
            }
        }
        texts
    }

    /// A list of anything; empty where there is none.
    pub(super) fn list(&mut self, field: &str, report: &mut Report) -> Vec<Value> {
        match self.value(field) {
            None => Vec::new(),
            Some(Value::Array(items)) => items,
            Some(_) => self.misfit(field, "a list", report).unwrap_or_default(),
        }
    }

    /// An object in a field, under the same name; one without fields where there is none.
    pub(super) fn object(&mut self, field: &str, kind: &'static str, report: &mut Report) -> Self {
        let map = match self.value(field) {
            None => Map::new(),
            Some(Value::Object(map)) => map,
            Some(_) => self.misfit(field, "an object", report).unwrap_or_default(),
        };
        Self {
            kind,
            name: self.name.clone(),
            map,
        }
    }

    /// The names of the fields that are left.
    pub(super) fn names(&self) -> Vec<String> {
        self.map.keys().cloned().collect()
    }

    /// Counts what is left.
    pub(super) fn finish(self, report: &mut Report) {
        for (field, value) in self.map {
            if !is_empty(&value) {
                report.unread(self.kind, &field);
            }
        }
    }

    fn misfit<T>(&self, field: &str, expected: &str, report: &mut Report) -> Option<T> {
        let why = format!("it is not {expected}");
        self.note(
            report,
            field,
            why,
            "look at the file; the field was left out",
        );
        None
    }
}

/// What says nothing: exports write out every default.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) => false,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
    }
}
