//! What people do on a phone, in a real Chromium of a phone's size.
#![expect(clippy::unwrap_used, reason = "a test whose surroundings fail cannot go on")]

mod accessibility;
#[expect(dead_code, unused_imports, unused_macros, reason = "these stories use a part of it")]
#[path = "../stories/app.rs"]
mod app;
mod employees;
mod follow_ups;
mod gallery;
mod hand;
mod hr;
mod journeys;
mod keyboard;
mod moderation;
mod paths;
#[expect(dead_code, reason = "these stories use a part of it")]
#[path = "../support/mod.rs"]
mod support;
mod writer;
