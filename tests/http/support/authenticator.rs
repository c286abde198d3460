//! A second factor of a person of the tests: an app that shows codes (RFC 6238), and recovery codes on paper.

use placet::identity::login::Place;
use placet::identity::totp::{self, Confirmed};
use totp_rs::{Algorithm, Builder, Secret};

use super::TestServer;

/// The app, and the codes that are left on the paper.
pub(crate) struct Authenticator {
    secret: Secret,
    pub recovery: Vec<String>,
}

impl Authenticator {
    /// Sets one up, as the person's account page does; its next code is good in half a minute.
    pub(crate) async fn set_up(server: &TestServer, username: &str) -> Self {
        let user = server
            .app
            .store
            .find_user_by_name(username)
            .await
            .unwrap()
            .unwrap();
        let enrolment = totp::begin(&server.app, &user);
        let mut made = Self {
            secret: Secret::try_from_base32(enrolment.secret.expose()).unwrap(),
            recovery: Vec::new(),
        };
        let code = made.code(server);
        let sent = (enrolment.sealed.as_str(), code.as_str());
        let confirmed = totp::confirm(&server.app, &user, sent, &Place::default()).await;
        let Confirmed::Added(Some(codes)) = confirmed.unwrap() else {
            panic!("not set up");
        };
        made.recovery = codes.iter().map(|code| code.expose().clone()).collect();
        server.advance(30);
        made
    }

    /// What it shows now.
    pub(crate) fn code(&self, server: &TestServer) -> String {
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(30)
            .with_secret(self.secret.clone())
            .build_noncompliant();
        let now = server.app.clock.now().timestamp();
        totp.generate(u64::try_from(now).unwrap()).to_string()
    }

    /// Six digits that it does not show, now or next to now.
    pub(crate) fn wrong_code(&self, server: &TestServer, nth: u32) -> String {
        let right: u32 = self.code(server).parse().unwrap();
        format!("{:06}", (right + 100 + nth) % 1_000_000)
    }
}
