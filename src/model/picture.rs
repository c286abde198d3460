//! Pictures that pages may show, known by their first bytes, whatever they are called.

/// The media type of a picture that holds nothing but a picture: PNG, JPEG, GIF, WebP.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if starts(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        Some("image/gif")
    } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else {
        None
    }
}

/// The same for a file of the installation's own, which may be a drawing too.
pub fn own_media_type(bytes: &[u8]) -> Option<&'static str> {
    let is_svg = || {
        let text = std::str::from_utf8(bytes)
            .ok()?
            .trim_start_matches('\u{feff}')
            .trim_start();
        let is_start = text.starts_with("<svg") || text.starts_with("<?xml");
        (is_start && text.contains("<svg")).then_some("image/svg+xml")
    };
    media_type(bytes).or_else(is_svg)
}

#[cfg(test)]
mod tests {
    use super::{media_type, own_media_type};

    #[test]
    fn pictures_are_known_by_their_first_bytes() {
        let cases: [(&[u8], Option<&str>); 7] = [
            (b"\x89PNG\r\n\x1a\n....", Some("image/png")),
            (b"\xff\xd8\xff\xe0", Some("image/jpeg")),
            (b"GIF89a", Some("image/gif")),
            (b"RIFF\x01\x02\x03\x04WEBPVP8 ", Some("image/webp")),
            (b"RIFF\x01\x02\x03\x04WAVE", None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
            (b"", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(media_type(bytes), expected);
        }
        let drawing = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>";
        assert_eq!(own_media_type(drawing), Some("image/svg+xml"));
        assert_eq!(own_media_type(b"<html><svg>"), None);
    }
}
