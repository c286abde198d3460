//! Plain values that every other room speaks of: clients, users, requests, grants. No I/O; imports nothing of ours.

pub mod claims;
pub mod claims_request;
pub mod client;
pub mod consent;
pub mod event;
pub mod grant;
pub mod id;
pub mod initial_access_token;
pub mod issuer;
pub mod logout;
pub mod managed;
pub mod merge_patch;
pub mod redirect_uri;
pub mod refusal;
pub mod request;
pub mod resource;
pub mod role;
pub mod scope;
pub mod secret;
pub mod session;
pub mod signing_key;
pub mod user;
