//! What a browser calls itself, in a few words that somebody recognises: a guess, and said as one where nothing is known.

use crate::texts::{Message, Texts};

/// What is in the name of a browser, most telling first: most of them also claim to be the ones below.
const BROWSERS: [(&str, &str); 11] = [
    ("Edg", "Microsoft Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Safari/", "Safari"),
];

/// The same for systems.
const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("FreeBSD", "FreeBSD"),
    ("Linux", "Linux"),
];

/// "Firefox on Linux", or as much of it as is known.
pub fn in_words(texts: Texts, user_agent: Option<&str>) -> Message {
    known(texts, user_agent).unwrap_or_else(|| texts.say("account-device-unknown"))
}

/// [`in_words`], where anything is known.
pub fn known(texts: Texts, user_agent: Option<&str>) -> Option<Message> {
    let agent = user_agent.unwrap_or_default();
    let find = |known: &[(&str, &'static str)]| {
        let found = known.iter().find(|(mark, _)| agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    let message = match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => texts
            .say("account-device")
            .with("browser", browser)
            .with("system", system),
        (Some(browser), None) => texts.say("account-device-browser").with("browser", browser),
        (None, Some(system)) => texts.say("account-device-system").with("system", system),
        (None, None) => return None,
    };
    Some(message)
}

#[cfg(test)]
mod tests {
    use super::in_words;
    use crate::texts::Texts;

    #[test]
    fn browsers_are_called_as_people_do() {
        for (agent, words) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
                "Microsoft Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            ("curl/8.8.0", "Unknown browser"),
            ("SomethingNew (Linux)", "A browser on Linux"),
            ("Firefox/1", "Firefox"),
        ] {
            assert_eq!(in_words(Texts::default(), Some(agent)).plain(), words);
        }
        assert_eq!(in_words(Texts::default(), None).plain(), "Unknown browser");
    }
}
