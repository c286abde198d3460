//! What every page shares: the frame around it, and the rule for links that others gave us.

/// The values `templates/layout.html` needs; every page struct has one as `layout`.
#[derive(Clone)]
pub struct Layout {
    /// The installation's name, in the header and in every title.
    pub installation: String,
    /// The style sheet with its content hash, `/static/style.css?v=…`.
    pub style_href: String,
    /// The path prefix of the issuer, mostly empty; every link of our own starts with it.
    pub base: String,
    /// The page's language, `en`.
    pub lang: String,
    /// The page's direction, `ltr` or `rtl`.
    pub dir: &'static str,
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
