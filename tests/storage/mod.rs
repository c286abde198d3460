//! Storage conformance: every verb of `Store`, on SQLite and Postgres alike, and what happens when many act at once.

mod activity;
mod apply;
mod assertions;
mod audit;
mod build;
mod clients;
mod codes;
mod consents;
mod grants;
mod keys;
mod logouts;
mod person_lists;
mod races;
mod refusals;
mod registrations;
mod resources;
mod revision;
mod schema;
mod secret_key;
mod sessions;
mod sweep;
mod throttles;
mod tokens;
mod user_lists;
mod users;
mod values;
