//! Bytes of a text file → text: byte-order marks, UTF-16 and UTF-32 without one, UTF-8, else the code page guessed.

mod evidence;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded text and the name of its encoding.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: String,
}

/// Decodes; a declared encoding counts where the bytes do not show one themselves.
pub(super) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Decoded {
    if let Some(little) = utf32(bytes) {
        return decode_utf32(bytes, little);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decoded(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: text.to_owned(),
            encoding: UTF_8.name().to_owned(),
        };
    }
    let encoding = declared
        .filter(|encoding| *encoding != UTF_8)
        .unwrap_or_else(|| guess(bytes));
    decoded(encoding, bytes)
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name().to_owned(),
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // A code page shows within the first lines; a megabyte is enough for any file.
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    evidence::settled(bytes, detector.guess(None, Utf8Detection::Deny))
}

/// Whether the bytes are UTF-32, and if so whether little-endian.
fn utf32(bytes: &[u8]) -> Option<bool> {
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) {
        return Some(true);
    }
    if bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Some(false);
    }
    let head = &bytes[..bytes.len().min(4000) / 4 * 4];
    let share = |at: usize| head.chunks_exact(4).filter(|four| four[at] == 0).count();
    let all = head.len() / 4;
    if all < 2 {
        return None;
    }
    if share(0) == all && share(1) == all {
        return Some(false);
    }
    (share(2) == all && share(3) == all).then_some(true)
}

fn decode_utf32(bytes: &[u8], little: bool) -> Decoded {
    let text: String = bytes
        .chunks_exact(4)
        .map(|four| [four[0], four[1], four[2], four[3]])
        .map(|four| {
            if little {
                u32::from_le_bytes(four)
            } else {
                u32::from_be_bytes(four)
            }
        })
        .map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
        .filter(|c| *c != '\u{FEFF}')
        .collect();
    Decoded {
        text,
        encoding: if little { "UTF-32LE" } else { "UTF-32BE" }.to_owned(),
    }
}

/// UTF-16 shows by the high bytes of its line ends, separators and digits being 0.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4000) / 2 * 2];
    if head.len() < 4 || !head.contains(&0) {
        return None;
    }
    // 0x04 is the high byte of Cyrillic, 0x01 of Latin letters with marks.
    let is_high = |byte: u8| matches!(byte, 0 | 1 | 4);
    let even = head.chunks_exact(2).filter(|two| is_high(two[0])).count();
    let odd = head.chunks_exact(2).filter(|two| is_high(two[1])).count();
    let enough = head.len() / 2 * 9 / 10;
    if odd >= enough && odd > even {
        return Some(UTF_16LE);
    }
    (even >= enough && even > odd).then_some(UTF_16BE)
}
