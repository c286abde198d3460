//! Signing keys: parsed once, published before use, kept until the last token they signed is dead.

pub mod crypto;
mod jwk;
pub mod jwt;
pub mod key_set;
mod provider;
pub mod ring;
pub mod secret_file;
pub mod unique;
