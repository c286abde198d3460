//! The part of a client's form that says how it looks to people.

use super::fields::Filled;
use crate::http::console::form::Field;
use crate::model::client::Client;
use crate::model::colour::Colour;

/// Links, logo and colours.
pub(super) fn look(client: &Client) -> Filled {
    let metadata = &client.metadata;
    let url = |name, label: &str| Field::typed(name, label, "url");
    let colour = |value: Option<Colour>| value.map(|it| it.to_string()).unwrap_or_default();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let line = |(field, tag, text): (&str, &str, &str)| format!("{field}#{tag}={text}");
    let localized: Vec<String> = metadata.localized.iter().map(line).collect();
    vec![
        (
            url("client_uri", "Home page").help("Its host stands beside the name."),
            text(&metadata.client_uri),
        ),
        (
            url("logo_uri", "Logo").help(
                "A picture on https. This server fetches it and shows it from its own address.",
            ),
            text(&metadata.logo_uri),
        ),
        (
            url("policy_uri", "Privacy policy"),
            text(&metadata.policy_uri),
        ),
        (url("tos_uri", "Terms"), text(&metadata.tos_uri)),
        (
            Field::line("accent", "Colour").help(
                "Of links and main buttons on the pages that lead to it, as #0f6a5b. Text in it must be readable on white.",
            ),
            colour(client.branding.accent),
        ),
        (
            Field::line("accent_dark", "Colour on dark pages")
                .help("Where it is left out, it is made of the other."),
            colour(client.branding.accent_dark),
        ),
        (
            Field::lines("localized", "Name and links in other languages", 4).help(
                "One on each line, such as client_name#de=Fotodrucker or policy_uri#de=https://…",
            ),
            localized.join("\n"),
        ),
    ]
}
