//! Placet: an OAuth 2.x / OpenID Connect authorization server with sign-in and consent pages built in.
//!
//! The rooms, in order of dependency; each imports only from those above it (`tests/architecture.rs` sees to that):
//!
//! | room | what | its own crates |
//! |---|---|---|
//! | [`model`] | plain values and their rules; no I/O | |
//! | [`clock`], [`random`], [`crypto`] | the only sources of time, chance and derived keys | aws-lc-rs |
//! | [`config`], [`telemetry`] | settings; log and figures | config, tracing, prometheus-client |
//! | [`storage`] | everything that is kept | sqlx |
//! | [`fetch`] | what this server asks of machines that clients named | reqwest |
//! | [`keys`] | signing keys and JWTs | jsonwebtoken |
//! | [`texts`] | what pages and mails say, in every language | fluent-bundle |
//! | [`mail`] | mail: what it looks like, how it leaves | lettre, askama |
//! | [`app`] | all of that, built once and shared | |
//! | [`identity`] | who the user is | argon2 |
//! | [`oauth`] | what the specifications demand; asks `identity` in one place, the password grant | oauth2-types |
//! | [`admin`] | what administrators do, written once | |
//! | [`jobs`] | what happens by itself | |
//! | [`http`] | addresses, pages, headers | actix-web, askama |
//! | [`cli`] | one file per command | clap |

pub mod admin;
pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod crypto;
pub mod fetch;
pub mod http;
pub mod identity;
pub mod jobs;
pub mod keys;
pub mod mail;
pub mod model;
pub mod oauth;
pub mod random;
pub mod storage;
pub mod telemetry;
pub mod texts;
