//! Limits and nets around the reader crates: sizes before unpacking, and panics turned into errors.

use std::cell::Cell as Flag;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use zip::ZipArchive;

use super::unreadable::Unreadable;

/// Largest file taken in.
pub(super) const MAX_FILE: u64 = 1 << 30;
/// Largest sum of unpacked parts.
const MAX_UNPACKED: u64 = 3 << 29;
/// Above this size, parts that shrink more than [`MAX_RATIO`] times are taken for a trap.
const SUSPICIOUS: u64 = 64 << 20;
/// Sheets of many like rows shrink ten to thirty times.
const MAX_RATIO: u64 = 100;

/// An archive whose parts unpack to a bearable size.
pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Opens an archive and checks the sizes it declares.
pub(super) fn archive(bytes: &[u8]) -> Result<Archive<'_>, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
        // The directory stands at the end of an archive: without it the end is missing.
        if has_zip_end(bytes) {
            Unreadable::damaged(error)
        } else {
            Unreadable::Truncated
        }
    })?;
    let (mut packed, mut unpacked) = (0_u64, 0_u64);
    for at in 0..archive.len() {
        let Ok(part) = archive.by_index_raw(at) else { continue };
        packed = packed.saturating_add(part.compressed_size());
        unpacked = unpacked.saturating_add(part.size());
    }
    let ratio = unpacked / packed.max(1);
    if unpacked > MAX_UNPACKED || unpacked > SUSPICIOUS && ratio > MAX_RATIO {
        let reason = format!("it unpacks to {} MB", unpacked >> 20);
        return Err(Unreadable::TooLarge { reason });
    }
    Ok(archive)
}

fn has_zip_end(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    tail.windows(4).any(|four| four == b"PK\x05\x06")
}

thread_local! {
    static QUIET: Flag<bool> = const { Flag::new(false) };
}

/// Runs a reader; a panic inside it becomes [`Unreadable::Damaged`] and prints nothing.
pub(super) fn catching<T>(read: impl FnOnce() -> Result<T, Unreadable>) -> Result<T, Unreadable> {
    silence_caught_panics();
    // Nets may hang in nets: a sheet's within its file's.
    let before = QUIET.with(|quiet| quiet.replace(true));
    let outcome = catch_unwind(AssertUnwindSafe(read));
    QUIET.with(|quiet| quiet.set(before));
    outcome.unwrap_or_else(|_| Err(Unreadable::damaged("its parts contradict each other")))
}

/// The default hook would print a panic that is about to be caught and told as an error.
fn silence_caught_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.with(Flag::get) {
                before(info);
            }
        }));
    });
}
