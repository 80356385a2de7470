//! A municipality with everything that was ever published about it.

use std::sync::LazyLock;

use medvirk::anonymity::edition::{Edition, Making};
use medvirk::anonymity::publication::Publication;
use medvirk::anonymity::publish::publication;
use medvirk::anonymity::world::World;

use crate::municipality::{MIDWAY, Municipality};

/// A municipality with everything that was ever published about it.
pub struct Published {
    pub municipality: &'static Municipality,
    pub world: World<'static>,
    pub interim: Publication,
    pub last: Publication,
    /// What the last edition was written from.
    pub edition: Edition<'static>,
}

impl Published {
    pub fn new(seed: u64) -> Self {
        let municipality: &'static Municipality = Box::leak(Box::new(Municipality::new(MIDWAY, 8880, seed)));
        let world = two_waves(municipality);
        let mut first = world.until(0, &world.columns);
        first.waves.truncate(1);
        let interim = Making { last: false, ..municipality.making(&first) };
        let interim = publication(&interim, &municipality.invited).unwrap();
        let making = municipality.making(&world);
        let last = publication(&making, &municipality.invited).unwrap();
        let edition = making.edition();
        Self { municipality, world, interim, last, edition }
    }

    /// One that several tests look at.
    pub fn one() -> &'static Self {
        static ONE: LazyLock<Published> = LazyLock::new(|| Published::new(2020));
        &ONE
    }
}

/// Six of ten have answered when the interim edition is made.
fn two_waves(municipality: &Municipality) -> World<'_> {
    let wave = |early: bool| {
        let all = municipality.responses.iter().enumerate();
        all.filter(move |(index, _)| (index * 7 % 10 < 6) == early).map(|(_, response)| response.clone())
    };
    World::new(&municipality.definition, [wave(true).collect::<Vec<_>>(), wave(false).collect()])
}
