//! Users of a document; never their passwords.

use serde_json::{Map, Value, json};

use super::difference::{Draft, Sides};
use super::document::UserEntry;
use super::state;
use super::{Action, PlanError};
use crate::admin::users::{self, NewUser, check_claims};
use crate::admin::{AdminError, invalid};
use crate::app::App;
use crate::model::claims::{self, ClaimChange};
use crate::model::event::EventKind;
use crate::model::id::UserId;
use crate::model::managed::Kind;
use crate::model::user::{User, account_key};
use crate::storage::{Change, UserChange};

impl Draft<'_> {
    pub(super) async fn users(&mut self, needs_administrator: bool) -> Result<(), PlanError> {
        for entry in &self.document.users {
            let before = self.app.store.find_user_by_name(&entry.username).await?;
            let before =
                before.filter(|user| account_key(&user.username) == account_key(&entry.username));
            self.user(entry, before).await?;
        }
        if needs_administrator && self.administrators.is_empty() {
            let lost = self.items.iter().rev().find(|item| {
                let is_lost = |field: &str| field == "roles" || field == "disabled";
                item.kind == Kind::User && item.fields.iter().any(|change| is_lost(&change.field))
            });
            if let Some(id) = lost.map(|item| item.id.clone()) {
                let fault = "nobody would be left who can administer; give somebody else the role admin first";
                self.fault(Kind::User, &id, "roles", fault);
            }
        }
        Ok(())
    }

    async fn user(&mut self, entry: &UserEntry, before: Option<User>) -> Result<(), PlanError> {
        let (kind, name) = (Kind::User, entry.username.as_str());
        let described = describe(self.app, entry);
        let Some((mut user, claims)) = self.checked(kind, name, described) else {
            return Ok(());
        };
        self.check_id(entry, before.as_ref()).await?;
        self.check_address(entry, before.as_ref()).await?;
        let id = before
            .as_ref()
            .map_or_else(|| name.to_owned(), |before| before.username.clone());
        if !self.may_manage(kind, &id) {
            return Ok(());
        }
        let stored = match &before {
            Some(before) => {
                self.app
                    .store
                    .find_user_claims(before.id)
                    .await?
                    .unwrap_or_default()
                    .values
            }
            None => Map::new(),
        };
        if let Some(before) = &before {
            user.id = before.id;
            user.version = before.version;
            let is_same_address = user.email == before.email;
            user.is_email_verified = entry
                .email_verified
                .unwrap_or(is_same_address && before.is_email_verified);
            user.disabled_at = before.disabled_at;
        } else if let Some(id) = entry.id {
            user.id = UserId(id);
        }
        user.disabled_at = match entry.disabled {
            Some(true) => Some(user.disabled_at.unwrap_or(user.created_at)),
            Some(false) => None,
            None => user.disabled_at,
        };
        let has_password = before
            .as_ref()
            .is_some_and(|before| before.password_hash.is_some());
        if user.is_admin() && user.is_enabled() && has_password {
            self.administrators.insert(user.id);
        } else {
            self.administrators.remove(&user.id);
        }
        self.roles_of.insert(user.id, user.roles.clone());
        self.user_work(entry, (before, user), (&stored, &claims), &id);
        Ok(())
    }

    fn user_work(
        &mut self,
        entry: &UserEntry,
        (before, user): (Option<User>, User),
        (stored, claims): (&Map<String, Value>, &Map<String, Value>),
        id: &str,
    ) {
        let after = state::of_user(&user, claims);
        let mut definition = after.clone();
        for (field, is_said) in [
            ("disabled", entry.disabled.is_some()),
            ("email_verified", entry.email_verified.is_some()),
        ] {
            if !is_said {
                definition.remove(field);
            }
        }
        let action = self.settle(Sides {
            kind: Kind::User,
            id,
            before: before.as_ref().map(|before| state::of_user(before, stored)),
            after,
            definition,
            more: Vec::new(),
            notes: Vec::new(),
        });
        let detail = match action {
            Action::Create => json!({ "username": user.username, "roles": user.roles }),
            Action::Update => {
                let fields = self.items.last().map(|item| &item.fields);
                let changed: Vec<&String> = fields
                    .into_iter()
                    .flatten()
                    .map(|change| &change.field)
                    .collect();
                json!({ "changed": changed, "roles": user.roles })
            }
            Action::Unchanged | Action::Remove => return,
        };
        let kind = if action == Action::Create {
            EventKind::UserAdded
        } else {
            EventKind::UserUpdated
        };
        let mut event = self.event(kind, detail);
        event.user_id = Some(user.id);
        let change = match before {
            None => Change::AddUser(Box::new(user), claims.clone()),
            Some(before) => {
                let change = UserChange {
                    email: Some(user.email.clone()),
                    is_email_verified: Some(user.is_email_verified),
                    name: Some(user.name.clone()),
                    roles: (user.roles != before.roles).then(|| user.roles.clone()),
                    locale: None,
                    claims: claim_changes(stored, claims),
                };
                Change::UpdateUser(Box::new(before), change, user.is_enabled())
            }
        };
        self.work(change, event);
    }

    /// An id is given once, when the user is made.
    async fn check_id(
        &mut self,
        entry: &UserEntry,
        before: Option<&User>,
    ) -> Result<(), PlanError> {
        let Some(id) = entry.id else { return Ok(()) };
        let fault = match before {
            Some(before) if before.id.0 == id => return Ok(()),
            Some(before) => format!("it is {} here, and never changes; leave it out", before.id),
            None => match self.app.store.find_user(UserId(id)).await? {
                Some(other) => format!("the user {:?} has it", other.username),
                None => return Ok(()),
            },
        };
        self.fault(Kind::User, &entry.username, "id", fault);
        Ok(())
    }

    /// An address is one person's.
    async fn check_address(
        &mut self,
        entry: &UserEntry,
        before: Option<&User>,
    ) -> Result<(), PlanError> {
        let Some(email) = entry.email.as_deref().filter(|email| !email.is_empty()) else {
            return Ok(());
        };
        let key = account_key(email);
        let mut owner = self
            .email_owners
            .insert(key.clone(), entry.username.clone());
        if owner.is_none() {
            let other = self.app.store.find_user_by_name(email).await?;
            let other = other.filter(|other| before.is_none_or(|before| before.id != other.id));
            // Whom the document gives another address is no hindrance, nor who is pruned.
            owner = other.map(|other| other.username).filter(|name| {
                let key = account_key(name);
                let is_listed = self
                    .document
                    .users
                    .iter()
                    .any(|user| account_key(&user.username) == key);
                !is_listed && !self.is_pruned(Kind::User, &key)
            });
        }
        if let Some(owner) = owner {
            let fault = format!("{email} is the address of the user {owner:?}");
            self.fault(Kind::User, &entry.username, "email", fault);
        }
        Ok(())
    }
}

fn describe(app: &App, entry: &UserEntry) -> Result<(User, Map<String, Value>), AdminError> {
    let pairs = pairs(&entry.claims)?;
    let changes = check_claims(&pairs, &Map::new())?;
    let mut claims = Map::new();
    claims::apply(&mut claims, &changes);
    let user = users::describe(
        app,
        NewUser {
            username: entry.username.clone(),
            email: entry.email.clone(),
            is_email_verified: entry.email_verified.unwrap_or(false),
            name: entry.name.clone(),
            roles: entry.roles.clone(),
            ..NewUser::default()
        },
    )?;
    Ok((user, claims))
}

/// Claims as they are typed: the members of an address one by one.
fn pairs(claims: &Map<String, Value>) -> Result<Vec<(String, String)>, AdminError> {
    let mut pairs = Vec::new();
    for (name, value) in claims {
        match value {
            Value::String(text) => pairs.push((name.clone(), text.clone())),
            Value::Bool(flag) => pairs.push((name.clone(), flag.to_string())),
            Value::Object(members) => {
                for (member, value) in members {
                    let Value::String(text) = value else {
                        return Err(invalid("claims", format!("{name}.{member} is not a text")));
                    };
                    pairs.push((format!("{name}.{member}"), text.clone()));
                }
            }
            _ => {
                return Err(invalid(
                    "claims",
                    format!("{name} is neither a text nor true or false"),
                ));
            }
        }
    }
    Ok(pairs)
}

/// What makes the one into the other.
fn claim_changes(stored: &Map<String, Value>, wanted: &Map<String, Value>) -> Vec<ClaimChange> {
    if stored == wanted {
        return Vec::new();
    }
    let all = |claims: &Map<String, Value>| pairs(claims).unwrap_or_default();
    let wanted = all(wanted);
    let gone = all(stored)
        .into_iter()
        .filter(|(name, _)| !wanted.iter().any(|(kept, _)| kept == name));
    let gone = gone.map(|(name, _)| (name, String::new()));
    let changes = gone.chain(wanted.clone());
    changes
        .filter_map(|(name, text)| claims::check(&name, &text).ok())
        .collect()
}
