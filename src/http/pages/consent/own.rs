//! What of the person's own data the app would see, as much of it as tells them which.

use serde_json::{Map, Value};

use super::Question;
use crate::http::web::Web;
use crate::model::scope::Scopes;
use crate::model::user::User;
use crate::storage;

/// What is known of the person, by the scope that brings it.
#[derive(Default)]
pub(super) struct Own {
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    address: Option<String>,
}

/// Reads what the asked scopes would show; the claims only where one of them needs them.
pub(super) async fn of(web: &Web, question: &Question) -> storage::Result<Own> {
    let (user, asked) = (&question.signed_in.user, &question.asked);
    let claims = if asked.contains("phone") || asked.contains("address") {
        web.app.store.find_user_claims(user.id).await?
    } else {
        None
    };
    let values = claims.map(|claims| claims.values).unwrap_or_default();
    Ok(Own::new(user, asked, &values))
}

impl Own {
    fn new(user: &User, asked: &Scopes, claims: &Map<String, Value>) -> Self {
        let is_asked = |scope: &str| asked.contains(scope);
        let phone = claims.get("phone_number").and_then(Value::as_str);
        Self {
            name: user.name.clone().filter(|_| is_asked("profile")),
            email: user.email.as_deref().map(email),
            phone: phone.map(self::phone),
            address: claims.get("address").and_then(address),
        }
    }

    /// What the scope of that name would show.
    pub(super) fn detail(&self, scope: &str) -> Option<&str> {
        match scope {
            "profile" => self.name.as_deref(),
            "email" => self.email.as_deref(),
            "phone" => self.phone.as_deref(),
            "address" => self.address.as_deref(),
            _ => None,
        }
    }
}

fn email(email: &str) -> String {
    let (local, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}•••@{domain}")
}

/// The country code and the last two digits.
fn phone(number: &str) -> String {
    let number = number.split(';').next().unwrap_or_default();
    let head: String = number
        .chars()
        .take(4)
        .take_while(|c| *c == '+' || c.is_ascii_digit())
        .take(3)
        .collect();
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let tail: String = digits[digits.len().saturating_sub(2)..].iter().collect();
    format!("{head}•••{tail}")
}

/// In one line: as it is formatted, else its members.
fn address(value: &Value) -> Option<String> {
    let member = |name: &str| value.get(name).and_then(Value::as_str);
    let lines = |text: &str| {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join(", ")
    };
    let whole = match member("formatted") {
        Some(formatted) => lines(formatted),
        None => [
            "street_address",
            "postal_code",
            "locality",
            "region",
            "country",
        ]
        .into_iter()
        .filter_map(member)
        .map(lines)
        .collect::<Vec<_>>()
        .join(", "),
    };
    (!whole.is_empty()).then_some(whole)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_and_addresses_are_told_apart_and_not_told() {
        assert_eq!(email("ada@mail.example"), "a•••@mail.example");
        assert_eq!(phone("+44 20 7946 0018;ext=12"), "+44•••18");
        assert_eq!(phone("+12025550123"), "+12•••23");
        let lines = json!({ "formatted": "1 Hill Lane\r\nLondon\n\n" });
        assert_eq!(address(&lines).unwrap(), "1 Hill Lane, London");
        let members =
            json!({ "country": "UK", "street_address": "1 Hill Lane", "locality": "London" });
        assert_eq!(address(&members).unwrap(), "1 Hill Lane, London, UK");
        assert_eq!(address(&json!({})), None);
    }
}
