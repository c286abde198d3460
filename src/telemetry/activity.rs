//! What happened since it was last asked: counters in memory, which a job adds to the table of hours. A count costs one atomic
//! addition and no statement.

use std::sync::atomic::{AtomicU64, Ordering};

macro_rules! activities {
    ($($kind:ident => $name:literal,)+) => {
        /// What is counted by the hour.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Activity {
            $($kind,)+
        }

        impl Activity {
            /// Everything that is counted, with its name as stored.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$kind, $name),)+];
        }
    };
}

activities! {
    SignIns => "sign_ins",
    SignInFailures => "sign_in_failures",
    SignInsThrottled => "sign_ins_throttled",
    Authorizations => "authorizations",
    TokensByCode => "tokens.authorization_code",
    TokensByRefresh => "tokens.refresh_token",
    TokensOfClients => "tokens.client_credentials",
    TokensByPassword => "tokens.password",
    TokensOtherwise => "tokens.other",
    RefusedAuthorize => "refused.authorize",
    RefusedToken => "refused.token",
    RefusedUserinfo => "refused.userinfo",
    RefusedIntrospect => "refused.introspect",
    RefusedRevoke => "refused.revoke",
    RefusedRegister => "refused.register",
    RefusedLogout => "refused.logout",
    RefusedApi => "refused.api",
    Failures => "failures",
}

impl Activity {
    const fn of_grant(grant_type: &str) -> Self {
        match grant_type.as_bytes() {
            b"authorization_code" => Self::TokensByCode,
            b"refresh_token" => Self::TokensByRefresh,
            b"client_credentials" => Self::TokensOfClients,
            b"password" => Self::TokensByPassword,
            _ => Self::TokensOtherwise,
        }
    }

    /// What a refusal counts as; `None` where it says nothing of an app: pages that are not there, wrong passwords.
    const fn of_refusal(endpoint: &str) -> Option<Self> {
        Some(match endpoint.as_bytes() {
            b"authorize" => Self::RefusedAuthorize,
            b"token" => Self::RefusedToken,
            b"userinfo" => Self::RefusedUserinfo,
            b"introspect" => Self::RefusedIntrospect,
            b"revoke" => Self::RefusedRevoke,
            b"register" => Self::RefusedRegister,
            b"logout" => Self::RefusedLogout,
            b"api" => Self::RefusedApi,
            _ => return None,
        })
    }
}

/// The counters.
#[derive(Debug, Default)]
pub struct ActivityCounters([AtomicU64; Activity::ALL.len()]);

impl ActivityCounters {
    /// Counts one.
    pub fn count(&self, what: Activity) {
        self.add(what, 1);
    }

    pub(super) fn count_token(&self, grant_type: &str) {
        self.count(Activity::of_grant(grant_type));
    }

    pub(super) fn count_answer(&self, endpoint: &str, status: u16) {
        match status {
            0..400 => {}
            400..500 => self.count_refusal(endpoint),
            _ => self.count(Activity::Failures),
        }
    }

    pub(super) fn count_refusal(&self, endpoint: &str) {
        if let Some(what) = Activity::of_refusal(endpoint) {
            self.count(what);
        }
    }

    /// What was counted since the last time, without what was not.
    pub fn take(&self) -> Vec<(Activity, u64)> {
        let counted = Activity::ALL.iter().zip(&self.0);
        counted
            .map(|((what, _), counter)| (*what, counter.swap(0, Ordering::Relaxed)))
            .filter(|(_, count)| *count > 0)
            .collect()
    }

    /// Puts back what could not be kept.
    pub fn add(&self, what: Activity, count: u64) {
        if let Some(counter) = self.0.get(what as usize) {
            counter.fetch_add(count, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_taken_once() {
        let counters = ActivityCounters::default();
        counters.count(Activity::SignIns);
        counters.count_token("refresh_token");
        counters.count_token("refresh_token");
        counters.count_answer("token", 200);
        counters.count_answer("token", 401);
        counters.count_answer("other", 404);
        counters.count_answer("other", 500);
        let taken = counters.take();
        assert_eq!(
            taken,
            [
                (Activity::SignIns, 1),
                (Activity::TokensByRefresh, 2),
                (Activity::RefusedToken, 1),
                (Activity::Failures, 1),
            ]
        );
        assert!(counters.take().is_empty());
        counters.add(Activity::SignIns, 1);
        assert_eq!(counters.take(), [(Activity::SignIns, 1)]);
        let places = Activity::ALL.iter().map(|(what, _)| *what as usize);
        assert!(places.eq(0..Activity::ALL.len()));
    }
}
