//! Long lists: what was filtered by and where the part begins, read from the address and kept in the way on.

use url::form_urlencoded;

use super::guard::Admin;
use super::pieces::{FilterText, Table};
use crate::admin::paging::{Page, Paging};
use crate::oauth::params::Params;

/// What a list was asked for.
pub(crate) struct Listing {
    href: String,
    kept: Vec<(&'static str, String)>,
    is_first: bool,
    pub paging: Paging,
}

impl Listing {
    /// From the address; `filters` are the names that it may have.
    pub(crate) fn read(admin: &Admin, href: String, filters: &[&'static str]) -> Self {
        let query: Params = admin.query();
        let value = |name: &'static str| {
            let value = query.get(name)?.trim();
            (!value.is_empty()).then(|| (name, value.to_owned()))
        };
        let after = query.get("after").map(ToOwned::to_owned);
        Self {
            href,
            kept: filters.iter().copied().filter_map(value).collect(),
            is_first: after.is_none(),
            paging: Paging { after, limit: None },
        }
    }

    /// The list itself.
    pub(crate) fn href(&self) -> &str {
        &self.href
    }

    /// What was filtered by.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.kept.iter().find(|(known, _)| *known == name)?;
        Some(&found.1)
    }

    /// Whether anything was.
    pub(crate) fn is_filtered(&self) -> bool {
        !self.kept.is_empty()
    }

    /// The field that is searched with, as it was sent.
    pub(crate) fn search(&self, name: &'static str, label: &'static str) -> FilterText {
        FilterText {
            name,
            label,
            value: self.get(name).unwrap_or_default().to_owned(),
        }
    }

    /// Options of a choice with the chosen one marked; the first, with an empty value, is all.
    pub(crate) fn options(
        &self,
        name: &str,
        options: &[(&'static str, &'static str)],
    ) -> Vec<(&'static str, &'static str, bool)> {
        let chosen = self.get(name).unwrap_or_default();
        options
            .iter()
            .map(|(value, word)| (*value, *word, *value == chosen))
            .collect()
    }

    /// The table with its way on.
    pub(crate) fn paged<T>(&self, mut table: Table, page: &Page<T>) -> Table {
        table.next = page.next.as_deref().map(|next| self.address(Some(next)));
        table.first = (!self.is_first).then(|| self.address(None));
        table
    }

    fn address(&self, after: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.kept {
            query.append_pair(name, value);
        }
        if let Some(after) = after {
            query.append_pair("after", after);
        }
        match query.finish() {
            query if query.is_empty() => self.href.clone(),
            query => format!("{}?{query}", self.href),
        }
    }
}
