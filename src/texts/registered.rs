//! What administrators registered, in the language of a page: ours are translated with everything else, theirs they translate.

use super::Texts;
use crate::model::localized::Localized;
use crate::model::resource::Resource;
use crate::model::scope::{ADMIN, ADMIN_READ, OFFLINE_ACCESS, OPENID, ScopeDefinition};

impl Texts {
    /// What a scope allows, to follow "It will be able to".
    pub fn scope(self, scope: &ScopeDefinition) -> String {
        // Words that were put in place of ours are the administrator's.
        let ours = (scope.version == 0).then_some(scope.name.as_str());
        let message = match ours {
            Some(OPENID) => self.say("scope-openid"),
            Some("profile") => self.say("scope-profile"),
            Some("email") => self.say("scope-email"),
            Some("address") => self.say("scope-address"),
            Some("phone") => self.say("scope-phone"),
            Some(OFFLINE_ACCESS) => self.say("scope-offline-access"),
            Some(ADMIN) => self.say("scope-admin"),
            Some(ADMIN_READ) => self.say("scope-admin-read"),
            _ => return self.own(&scope.descriptions, &scope.description),
        };
        message.plain()
    }

    /// What a resource is called.
    pub fn resource(self, resource: &Resource) -> String {
        if resource.is_built_in() {
            return self.say("resource-administration").plain();
        }
        self.own(&resource.names, &resource.name)
    }

    fn own(self, translated: &Localized, plain: &str) -> String {
        let found = translated.in_language(self.language.tag());
        found.unwrap_or(plain).to_owned()
    }
}
