//! Signatures of callbacks, compared in constant time.

use hmac::{KeyInit, Mac};

/// Whether `tag` is what `M` makes of `data` under `key`.
pub(super) fn is_right<M: Mac + KeyInit>(key: &str, data: &[u8], tag: &[u8]) -> bool {
    let mac = <M as KeyInit>::new_from_slice(key.as_bytes());
    mac.is_ok_and(|mut mac| {
        mac.update(data);
        mac.verify_slice(tag).is_ok()
    })
}
