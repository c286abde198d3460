//! What every page shares: the frame around it, and the rule for links that others gave us.

use crate::texts::{Message, Texts};

/// The values `templates/layout.html` needs; every page struct has one as `layout`.
#[derive(Clone)]
pub struct Layout {
    /// The installation's name, in the header and in every title.
    pub installation: String,
    /// The style sheet with its content hash, `/static/style.css?v=…`.
    pub style_href: String,
    /// The installation's own colours, on top of it.
    pub brand_style_href: Option<String>,
    /// Its logo, in place of ours.
    pub logo_href: Option<String>,
    /// Its links, at the foot of every page.
    pub privacy_href: Option<String>,
    pub terms_href: Option<String>,
    pub help_href: Option<String>,
    /// The path prefix of the issuer, mostly empty; every link of our own starts with it.
    pub base: String,
    /// What the page says, in its language.
    pub texts: Texts,
}

impl Layout {
    /// The page's language (BCP 47), `en`.
    pub(in crate::http) const fn lang(&self) -> &'static str {
        self.texts.language.tag()
    }

    /// The page's direction, `ltr` or `rtl`.
    pub(in crate::http) const fn dir(&self) -> &'static str {
        self.texts.language.dir()
    }

    /// The installation's links: what each is called, and where it leads.
    pub(in crate::http) fn links(&self) -> Vec<(Message, &str)> {
        let links = [
            (self.say("foot-privacy"), self.privacy_href.as_deref()),
            (self.say("foot-terms"), self.terms_href.as_deref()),
            (self.say("foot-help"), self.help_href.as_deref()),
        ];
        let set = links.into_iter();
        set.filter_map(|(label, href)| Some((label, href?)))
            .collect()
    }

    /// The message with that id.
    pub(in crate::http) const fn say(&self, id: &'static str) -> Message {
        self.texts.say(id)
    }
}

/// Lets through only `http` and `https` links, so that a `javascript:` or `data:` address from a
/// registration is never rendered as something to click.
pub fn web_only(uri: Option<&str>) -> Option<&str> {
    uri.filter(|uri| {
        ["https://", "http://"].iter().any(|scheme| {
            uri.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        })
    })
}
