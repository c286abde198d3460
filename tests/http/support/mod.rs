//! A real server in this process on a free port, a browser that keeps cookies and fills forms, and an OAuth client.

pub(crate) mod assertion;
pub(crate) mod authenticator;
pub(crate) mod browser;
pub(crate) mod client;
pub(crate) mod clients;
pub(crate) mod forged;
pub(crate) mod process;
pub(crate) mod provider;
pub(crate) mod relying_party;
pub(crate) mod requests;
pub(crate) mod server;
pub(crate) mod soft_key;
pub(crate) mod storm;
pub(crate) mod token_life;
pub(crate) mod verify;

pub(crate) use browser::{Browser, Page};
pub(crate) use client::Client;
pub(crate) use server::TestServer;
