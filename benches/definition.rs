//! What checking and walking a definition costs: `cargo bench --bench definition`.
//!
//! Limits: the midway evaluation is checked in under 5 ms, its next page decided in under 5 µs, and the survey of 300
//! questions with 100 conditions over 40 routing questions proven in under 1 s.
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

#[path = "../tests/definition/large.rs"]
mod large;

use divan::{Bencher, black_box};
use medvirk::definition::model::{Answer, Answers, Attributes};
use medvirk::definition::route::route;
use medvirk::definition::{inspect, load};

const MIDWAY: &[u8] = include_bytes!("../survey-definitions/midtveisevaluering.yaml");

fn main() {
    divan::main();
}

#[divan::bench]
fn check_of_the_midway_evaluation(bencher: Bencher<'_, '_>) {
    bencher.bench(|| inspect(black_box(MIDWAY)));
}

#[divan::bench]
fn check_of_300_questions(bencher: Bencher<'_, '_>) {
    let survey = large::survey();
    bencher.bench(|| inspect(black_box(survey.as_bytes())));
}

#[divan::bench]
fn next_page_of_the_midway_evaluation(bencher: Bencher<'_, '_>) {
    let definition = load(MIDWAY).unwrap();
    let said = "staff_responsibility=no union_rep=yes safety_rep=no health_background=yes staffing=no redeployment=now";
    let choices = said.split(' ').filter_map(|pair| pair.split_once('='));
    let mut answers: Answers = choices.map(|(id, value)| (id.to_owned(), Answer::Choice(value.to_owned()))).collect();
    answers.extend(["info_before", "infection_control"].map(|id| (id.to_owned(), Answer::Scale(2))));
    bencher.bench(|| route(black_box(&definition), &Attributes::new(), black_box(&answers)).pages.len());
}
