//! Colours of pages, and whether one can be read upon another (WCAG 2.2 §1.4.3).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The least contrast of text (WCAG 2.2 §1.4.3, level AA).
pub const TEXT_CONTRAST: f64 = 4.5;

/// What stands behind text in `static/style.css`, `--card` and `--ground`, where pages are light.
pub const LIGHT: [Colour; 2] = [Colour([0xff, 0xff, 0xff]), Colour([0xf4, 0xf5, 0xf3])];
/// The same where they are dark.
pub const DARK: [Colour; 2] = [Colour([0x19, 0x1f, 0x20]), Colour([0x11, 0x15, 0x16])];

/// An sRGB colour, written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// WCAG 2.2, "relative luminance".
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Of white and black, the one that can be read better upon it.
    #[must_use]
    pub fn text_on(self) -> Self {
        let (white, black) = (Self([255; 3]), Self([0; 3]));
        if self.contrast(white) >= self.contrast(black) {
            white
        } else {
            black
        }
    }

    /// Why text of that colour cannot be read upon `grounds`, with one that could; `None` where it can.
    pub fn fault_on(self, grounds: &[Self]) -> Option<String> {
        let contrasts = grounds.iter().map(|ground| self.contrast(*ground));
        let least = contrasts.fold(21.0, f64::min);
        (least < TEXT_CONTRAST).then(|| {
            let better = self.readable_on(grounds);
            format!("has a contrast of {least:.1} to the page, and text needs {TEXT_CONTRAST}; {better} would do")
        })
    }

    /// The nearest to it that can be read upon every one of `grounds`: darker or lighter by steps, as they are light or dark.
    #[must_use]
    pub fn readable_on(self, grounds: &[Self]) -> Self {
        let is_readable = |colour: Self| {
            let mut grounds = grounds.iter();
            grounds.all(|ground| colour.contrast(*ground) >= TEXT_CONTRAST)
        };
        let target = grounds
            .first()
            .map_or(Self([0; 3]), |ground| ground.text_on());
        let mixed = |step: u16| {
            let mix = |own: u8, to: u8| {
                let sum = u16::from(own) * (100 - step) + u16::from(to) * step;
                u8::try_from(sum / 100).unwrap_or(to)
            };
            let ([r, g, b], [tr, tg, tb]) = (self.0, target.0);
            Self([mix(r, tr), mix(g, tg), mix(b, tb)])
        };
        (0..=100)
            .map(mixed)
            .find(|colour| is_readable(*colour))
            .unwrap_or(target)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Colour {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FAULT: &str = "is not a colour as #rrggbb";
        let digits = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6)
            .ok_or(FAULT)?;
        let number = u32::from_str_radix(digits, 16).map_err(|_| FAULT)?;
        let [_, red, green, blue] = number.to_be_bytes();
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_plain.then_some(Self([red, green, blue])).ok_or(FAULT)
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|fault| serde::de::Error::custom(format!("{text:?} {fault}")))
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, DARK, LIGHT, TEXT_CONTRAST};

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let (white, black) = (colour("#ffffff"), colour("#000000"));
        assert!((white.contrast(black) - 21.0).abs() < 1e-9);
        assert!((white.contrast(white) - 1.0).abs() < 1e-9);
        // The grey that is known to just pass, and the one just below it that does not.
        assert!(colour("#767676").contrast(white) >= TEXT_CONTRAST);
        assert!(colour("#777777").contrast(white) < TEXT_CONTRAST);
    }

    #[test]
    fn what_cannot_be_read_is_made_readable() {
        for (from, grounds) in [("#ffcc00", LIGHT), ("#001133", DARK), ("#00ff00", LIGHT)] {
            let found = colour(from).readable_on(&grounds);
            assert_ne!(found, colour(from));
            assert!(
                grounds
                    .iter()
                    .all(|ground| found.contrast(*ground) >= TEXT_CONTRAST)
            );
        }
        assert_eq!(colour("#0f6a5b").readable_on(&LIGHT), colour("#0f6a5b"));
    }

    #[test]
    fn pages_have_the_colours_that_contrast_is_measured_to() {
        let style = include_str!("../../static/style.css");
        for ground in LIGHT.iter().chain(&DARK) {
            let written = ground.to_string();
            let has_it = |name: &str| style.contains(&format!("--{name}: {written};"));
            assert!(has_it("card") || has_it("ground"), "{written}");
        }
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        assert_eq!(colour("#0F6a5B").to_string(), "#0f6a5b");
        for bad in [
            "0f6a5b", "#0f6a5", "#0f6a5bb", "#0f6a5g", "#+f6a5b", "red", "",
        ] {
            assert!(bad.parse::<Colour>().is_err(), "{bad}");
        }
    }
}
