//! Each permission in words: first what concerns the account, then resource by resource.

use std::collections::{BTreeMap, BTreeSet};

use super::Question;
use super::own::Own;
use crate::app::{Registry, ResourceKeys};
use crate::model::resource::Resource;
use crate::model::scope::{OFFLINE_ACCESS, ScopeDefinition, Scopes};
use crate::texts::Texts;

/// Permissions that belong together.
pub(super) struct ScopeGroup {
    /// "Photos API"; none for what concerns the account itself.
    pub title: Option<String>,
    pub items: Vec<ScopeItem>,
}

/// One permission in words.
pub(super) struct ScopeItem {
    /// The scope's name: the value posted, never shown.
    pub name: String,
    /// What it allows, to follow "It will be able to".
    pub description: String,
    /// An example from the account, such as a masked e-mail address.
    pub detail: Option<String>,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether an optional one starts out ticked.
    pub checked: bool,
    /// Not asked for last time.
    pub new: bool,
}

impl ScopeItem {
    /// `offline_access` gets a line that says what it means.
    pub(super) fn is_offline(&self) -> bool {
        self.name == OFFLINE_ACCESS
    }
}

impl ScopeGroup {
    pub(super) fn has_choices(&self) -> bool {
        self.items.iter().any(|item| item.optional)
    }
}

/// Where the words come from.
pub(super) struct Words<'a> {
    pub(super) registry: &'a Registry,
    pub(super) texts: Texts,
    pub(super) question: &'a Question,
}

impl Words<'_> {
    /// What is to be decided. The resources that tokens are for are always named, even where none of their permissions is asked for.
    pub(super) fn asked(&self, own: &Own) -> Vec<ScopeGroup> {
        let is_first = self.question.kept.is_empty();
        self.groups(&self.question.asked, is_first, |scope| {
            self.item(scope, own)
        })
    }

    /// What was allowed before, and goes along.
    pub(super) fn kept(&self) -> Vec<ScopeGroup> {
        let kept = &self.question.kept;
        self.groups(kept, !kept.is_empty(), |scope| ScopeItem {
            optional: false,
            ..self.plain(scope)
        })
    }

    /// What was asked for and the person may not give, having none of the roles for it.
    pub(super) fn left_out(&self) -> Vec<String> {
        let question = self.question;
        let barred = &question.checked.request.scope;
        let barred = barred.minus(&question.asked).minus(&question.kept);
        let scopes = self.registry.scopes.iter();
        scopes
            .filter(|scope| barred.contains(&scope.name))
            .map(|scope| self.texts.scope(scope))
            .collect()
    }

    fn groups(
        &self,
        which: &Scopes,
        names_targets: bool,
        item: impl Fn(&ScopeDefinition) -> ScopeItem,
    ) -> Vec<ScopeGroup> {
        let targets = self.targets();
        let mut own = Vec::new();
        let mut named: BTreeMap<String, Vec<ScopeItem>> = BTreeMap::new();
        let scopes = self.registry.scopes.iter();
        for scope in scopes.filter(|scope| which.contains(&scope.name)) {
            match self.owner(&targets, &scope.name) {
                Some(resource) => named.entry(resource).or_default().push(item(scope)),
                None => own.push(item(scope)),
            }
        }
        let question = self.question;
        let has_any = |resource: &Resource| {
            let mut all = question.asked.iter().chain(question.kept.iter());
            all.any(|name| resource.scope.contains(name))
        };
        for target in targets.iter().filter(|_| names_targets) {
            if !has_any(&target.resource) {
                named
                    .entry(self.texts.resource(&target.resource))
                    .or_insert_with(|| vec![self.entry_only()]);
            }
        }
        let own = (!own.is_empty()).then_some(ScopeGroup {
            title: None,
            items: own,
        });
        let named = named.into_iter().map(|(title, items)| ScopeGroup {
            title: Some(title),
            items,
        });
        own.into_iter().chain(named).collect()
    }

    /// The resources that tokens would be for.
    fn targets(&self) -> Vec<&ResourceKeys> {
        let uris = self.question.checked.request.resources.iter();
        uris.filter_map(|uri| self.registry.resources.get(uri))
            .collect()
    }

    /// What the resources are called whose own a scope is: those that tokens are for before all others.
    fn owner(&self, targets: &[&ResourceKeys], scope: &str) -> Option<String> {
        let is_owner = |owner: &&ResourceKeys| owner.resource.scope.contains(scope);
        let own: Vec<_> = targets.iter().copied().filter(is_owner).collect();
        let owners = if own.is_empty() {
            let mut all = self.registry.resources.values();
            all.find(is_owner).into_iter().collect()
        } else {
            own
        };
        let names: BTreeSet<_> = owners
            .iter()
            .map(|owner| self.texts.resource(&owner.resource))
            .collect();
        (!names.is_empty()).then(|| names.into_iter().collect::<Vec<_>>().join(", "))
    }

    /// A token for a resource opens its door, whatever it may do behind it.
    fn entry_only(&self) -> ScopeItem {
        ScopeItem {
            name: String::new(),
            description: self.texts.say("consent-entry").plain(),
            detail: None,
            optional: false,
            checked: true,
            new: false,
        }
    }

    fn plain(&self, scope: &ScopeDefinition) -> ScopeItem {
        ScopeItem {
            name: scope.name.clone(),
            description: self.texts.scope(scope),
            detail: None,
            optional: !scope.is_required,
            checked: true,
            new: false,
        }
    }

    fn item(&self, scope: &ScopeDefinition, own: &Own) -> ScopeItem {
        let before = self.question.before.as_ref();
        let was_declined = before.is_some_and(|before| before.declined.contains(&scope.name));
        let is_new = before.is_some_and(|before| !before.granted.contains(&scope.name));
        ScopeItem {
            detail: own.detail(&scope.name).map(ToOwned::to_owned),
            checked: !was_declined,
            new: is_new && !was_declined,
            ..self.plain(scope)
        }
    }
}
