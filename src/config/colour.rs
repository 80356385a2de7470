//! The employer's colour: checked once at the start, and served from memory as a style sheet behind our own.

/// A colour that can be read on white and beneath white, red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// On our light grounds, which are a little darker than white, this leaves the 4.5 that WCAG asks of text.
const ON_WHITE: f64 = 5.5;

/// So light it is made for the dark theme: that leaves the same on our dark grounds.
const LIGHT: f64 = 0.4;

impl Colour {
    /// Reads `#rrggbb`.
    ///
    /// # Errors
    /// It is no such colour, or is too light to be read on white.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || "must be a colour such as #0b5a5f".to_owned();
        let digits =
            text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii()).ok_or_else(wrong)?;
        let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(digits.as_bytes()).map_err(|_| wrong())?;
        let colour = Self(bytes.try_into().map_err(|_| wrong())?);
        let contrast = 1.05 / (colour.luminance() + 0.05);
        if contrast < ON_WHITE {
            return Err(format!(
                "is too light to be read: its contrast to white is {contrast:.1}, and must be {ON_WHITE}"
            ));
        }
        Ok(colour)
    }

    /// The style sheet that puts it in the place of ours, lightened in the dark theme.
    #[must_use]
    pub fn css(self) -> String {
        let own = self.hex();
        let mut light = self;
        while light.luminance() < LIGHT {
            light = light.lighter();
        }
        format!(
            ":root {{ --brand: {own}; --brand-ink: #fff; --head: {own}; }}\n\
             @media (prefers-color-scheme: dark) {{\n  :root {{ --brand: {}; --brand-ink: #06201f; }}\n}}\n",
            light.hex()
        )
    }

    fn hex(self) -> String {
        format!("#{}", data_encoding::HEXLOWER.encode(&self.0))
    }

    /// A twentieth of the way to white, and never no way at all.
    fn lighter(self) -> Self {
        Self(self.0.map(|part| part.saturating_add((255 - part).div_ceil(20))))
    }

    /// Relative luminance, from 0 for black to 1 for white (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_dark_enough_or_refused() {
        assert!(Colour::parse("#0b5a5f").unwrap().css().starts_with(":root { --brand: #0b5a5f; --brand-ink: #fff;"));
        assert!(Colour::parse("#000000").unwrap().css().contains("dark"));
        assert!(Colour::parse("#FFD500").unwrap_err().contains("too light to be read: its contrast to white is 1.4"));
        for text in ["", "0b5a5f", "#0b5a5", "#0b5a5f0", "#0b5a5g", "red", "#æøå", "#0b5a5f;}"] {
            assert!(Colour::parse(text).unwrap_err().contains("such as #0b5a5f"), "{text}");
        }
    }
}
