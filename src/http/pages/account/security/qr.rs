//! A QR code as the path of an SVG.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// The light squares around it that scanners want (ISO/IEC 18004 §6.3.8).
const MARGIN: i32 = 4;

pub(super) struct Qr {
    /// Width and height of the whole, in squares.
    pub size: i32,
    /// The dark squares.
    pub path: String,
}

/// `None` where the text is too long for one.
pub(super) fn draw(text: &str) -> Option<Qr> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let length = (x..code.size())
                .take_while(|x| code.get_module(*x, y))
                .count();
            let run = i32::try_from(length).unwrap_or(0);
            if run > 0 {
                let (left, top) = (x + MARGIN, y + MARGIN);
                // Writing to a string does not fail.
                let _ = write!(path, "M{left} {top}h{run}v1h-{run}z");
            }
            x += run + 1;
        }
    }
    Some(Qr {
        size: code.size() + 2 * MARGIN,
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_has_the_squares_of_the_code() {
        let text =
            "otpauth://totp/Placet:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Placet";
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
        let qr = draw(text).unwrap();
        assert_eq!(qr.size, code.size() + 8);
        let mut dark = 0;
        for run in qr.path.split('M').skip(1) {
            let (place, rest) = run.split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let (x, y): (i32, i32) = (x.parse().unwrap(), y.parse().unwrap());
            let length: i32 = rest.split('v').next().unwrap().parse().unwrap();
            for x in x..x + length {
                assert!(code.get_module(x - MARGIN, y - MARGIN), "{x} {y}");
                dark += 1;
            }
        }
        let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        assert_eq!(dark, all.filter(|(x, y)| code.get_module(*x, *y)).count());
        assert!(draw(&"x".repeat(4000)).is_none());
    }
}
