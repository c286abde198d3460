//! Reasons of dynamic client registration (RFC 7591, RFC 7592) beside those that a code alone tells of.

use super::{Rule, rules};

pub(super) const RULES: &[Rule] = rules! {
    Nothing "software_statement: this server approves none; give its claims as plain metadata" => "Software statements are not approved here.", "RFC 7591 §2.3, §3.2.2", "Leave software_statement out and give its claims as members.";
    Nothing "as many clients have registered themselves as may (registration.max_clients); ask whoever runs this server" => "There is a limit to clients that register themselves.", "RFC 7591 §5", "Raise registration.max_clients, or remove clients that nobody uses.";
    Nothing "clients do not register themselves here; ask an administrator for a client_id" => "Registration is closed.", "RFC 7591 §3", "Register the client yourself, or set registration.mode to token or open.";
    Nothing "registering needs an initial access token in Authorization: Bearer; ask an administrator for one" => "Registration needs an initial access token.", "RFC 7591 §3", "Make one with `placet registration-token add` and send it in Authorization: Bearer.";
    Nothing "the initial access token is unknown, expired or used up" => "The initial access token is good.", "RFC 7591 §3", "Make a new one with `placet registration-token add`; `placet registration-token list` shows what there is.";
    Nothing "too many registrations; try again later" => "An address registers only so often.", "RFC 7591 §5", "Let the app keep its registration rather than register at each start; registration.max_per_hour_per_address has the limit.";
    Nothing "an administrator made this a first-party client; ask them to change it" => "Who is not asked for consent does not change itself.", "RFC 7592 §2.2", "Change the client as an administrator.";
    Nothing "an administrator disabled this client" => "A disabled client may do nothing.", "RFC 7592 §2", "Enable the client, if it is to work again.";
    Nothing "the registration access token is missing: send it in Authorization: Bearer" => "A registration is managed with its own token.", "RFC 7592 §2", "Send the registration_access_token of the registration's answer.";
    Nothing "it is not the registration access token of this client" => "A registration is managed with its own token.", "RFC 7592 §2", "Send the token that came with this client_id; an initial access token is another.";
    Nothing "the registration was changed at the same time; read it and try again" => "A change rests on what is registered now.", "RFC 7592 §2.2", "Read the registration and send the change again.";
};
