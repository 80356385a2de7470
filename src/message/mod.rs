//! One SMS: its text and what it costs, its states and what may follow what.
//!
//! A campaign's template becomes a body ([`text`]), the body is counted in parts ([`segments`]), and from launch to the
//! last delivery report the message lives through the states of [`state`]. [`hours`] says when it may leave.

pub mod hours;
pub mod preview;
pub mod segments;
pub mod state;
pub mod stop;
pub mod text;

#[cfg(test)]
mod segments_tests;
#[cfg(test)]
mod state_tests;
