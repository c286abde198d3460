//! The integration tests: one binary, so that the crate is linked once and Postgres is started once.
//!
//! `cargo test --test placet` runs them all, `cargo test --test placet storage::races` some. Where Postgres is not
//! found, the run says at its end what it left out; `PLACET_TEST_REQUIRE=postgres` makes that a failure.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines,
    reason = "what fails here is a failed test"
)]

// What the tests are about.
mod architecture;
mod browser;
mod cli;
mod documents;
mod explain;
mod http;
mod storage;
mod texts;

// What they stand on.
mod support;
