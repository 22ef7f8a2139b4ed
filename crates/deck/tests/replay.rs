//! A small consultation replayed by the simulation of docs/METHOD.md, "Fair exposure": ours is ahead in both
//! things that count.
#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a simulation stops where something is wrong, and its counts are far below 2^52"
)]

#[path = "../examples/replay/outcome.rs"]
mod outcome;
#[path = "../examples/replay/policies.rs"]
mod policies;
#[path = "../examples/replay/replay.rs"]
mod replay;
#[path = "../examples/replay/truths.rs"]
mod truths;
#[path = "../examples/replay/world.rs"]
mod world;

use outcome::Outcome;
use policies::{MakeOrg, Ours, Uniform};
use replay::{Policy, replay};
use world::{Size, World};

const SIZE: Size = Size { proposals: 400, people: 6_000, votes_per_person: 10.0 };

fn outcome(world: &World, policy: &mut impl Policy) -> Outcome {
    let outcome = Outcome::of(world, &replay(world, policy, 1));
    let figure = |(name, figure): outcome::Figure| format!("{name} {:.3}", figure(&outcome));
    println!("{}", Outcome::FIGURES.map(figure).join(", "));
    outcome
}

#[test]
fn ours_hears_more_proposals_and_settles_more_labels() {
    let world = World::draw(&truths::fitted(2_000), SIZE, 1);
    let ours = outcome(&world, &mut Ours::new(world.authors.clone()));
    let others = [outcome(&world, &mut Uniform), outcome(&world, &mut MakeOrg::default())];
    for other in others {
        assert!(ours.coverage > other.coverage + 0.1);
        assert!(ours.gini_votes < 0.7 * other.gini_votes && ours.gini_exposures < 0.7 * other.gini_exposures);
        assert!(ours.right > other.right + 0.08);
        assert!(
            ours.consensus_found > other.consensus_found && ours.controversy_found > other.controversy_found
        );
    }
    assert!(ours.coverage > 0.95 && ours.wrong < 0.1, "{ours:?}");
}
