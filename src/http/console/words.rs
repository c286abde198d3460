//! The protocol's own words, and times, as people read them.

use std::time::Duration;

use super::form;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Parameters whose names are words; one of another case would be another parameter.
const PARAMETERS: [&str; 6] = ["claims", "nonce", "prompt", "resource", "scope", "state"];

/// As a sentence; a parameter that it begins with keeps its spelling.
pub(crate) fn sentence(reason: &str) -> String {
    let first = reason.split(' ').next().unwrap_or_default();
    if first.contains(['_', '=']) || PARAMETERS.contains(&first) {
        return format!("{}.", reason.trim_end_matches('.'));
    }
    form::sentence(reason)
}

/// In the largest unit that leaves no rest: "7 days".
pub(crate) fn span(span: Duration) -> String {
    let seconds = span.as_secs();
    let units = [("day", DAY), ("hour", HOUR), ("minute", MINUTE)];
    let fits = |&&(_, unit): &&(&str, u64)| seconds >= unit && seconds.is_multiple_of(unit);
    let (name, unit) = units.iter().find(fits).copied().unwrap_or(("second", 1));
    match seconds / unit {
        1 => format!("1 {name}"),
        count => format!("{count} {name}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_people() {
        assert_eq!(sentence("client_id is missing"), "client_id is missing.");
        assert_eq!(
            sentence("prompt=create is not offered"),
            "prompt=create is not offered."
        );
        assert_eq!(sentence("nonce is missing"), "nonce is missing.");
        assert_eq!(sentence("a code came twice."), "A code came twice.");
        assert_eq!(sentence(""), "");
        assert_eq!(span(Duration::from_hours(168)), "7 days");
        assert_eq!(span(Duration::from_mins(90)), "90 minutes");
        assert_eq!(span(Duration::from_hours(1)), "1 hour");
        assert_eq!(span(Duration::ZERO), "0 seconds");
    }
}
