//! From the bytes of a file to text, and only if they are text.

use std::borrow::Cow;

use super::register::FileError;

/// The text of a register file: UTF-8, with or without a byte order mark, or else Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, FileError> {
    if bytes.len() > super::register::LARGEST_FILE {
        return Err(FileError::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match bytes {
        _ if bytes.trim_ascii().is_empty() => return Err(FileError::Empty),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => return Err(FileError::Workbook),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Err(FileError::Utf16),
        _ => {}
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    };
    // In either encoding a text file holds no control characters but these; pictures and programs are full of them.
    if text.chars().any(|sign| sign.is_control() && !matches!(sign, '\t' | '\r' | '\n')) {
        return Err(FileError::Binary);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_both_encodings() {
        for bytes in [&b"\xef\xbb\xbfspr\xc3\xa5k"[..], b"spr\xc3\xa5k", b"spr\xe5k"] {
            assert_eq!(decode(bytes).unwrap(), "språk");
        }
    }

    #[test]
    fn what_is_not_text_is_refused_by_kind() {
        let error = |bytes: &[u8]| decode(bytes).unwrap_err();
        assert!(matches!(error(b""), FileError::Empty));
        assert!(matches!(error(b"\xef\xbb\xbf \r\n"), FileError::Empty));
        assert!(matches!(error(b"PK\x03\x04rest"), FileError::Workbook));
        assert!(matches!(error(b"\xff\xfea\0"), FileError::Utf16));
        assert!(matches!(error(b"a,b\0,c"), FileError::Binary));
        assert!(matches!(error(b"\x89PNG\r\n\x1a\n"), FileError::Binary));
        assert!(matches!(error(&vec![b'a'; 64 * 1024 * 1024 + 1]), FileError::TooLarge));
    }
}
