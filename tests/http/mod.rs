//! Black box: the real server in-process, asked over real HTTP. Each test names the rule of `docs/security.md` that it shows.

pub mod support;

mod first_turn;
