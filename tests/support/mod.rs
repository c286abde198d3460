//! What the tests stand on: databases of both kinds, a reader of imports, and a loud word about what could not be tested.

pub(crate) mod database;
pub(crate) mod imports;
pub(crate) mod listener;
pub(crate) mod postgres;
pub(crate) mod skipped;
pub(crate) mod smtp;
pub(crate) mod sources;
