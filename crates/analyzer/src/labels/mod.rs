//! Labels that hold: the regions they stand for, how probable each is after the votes, which are claimed.
//!
//! Owns everything from counts of agree, disagree and neutral to a claim. Must not know where counts come
//! from: no participants, no audiences, no ballots one by one.

pub(crate) mod assess;
pub(crate) mod beta;
pub(crate) mod claims;
mod cumulative;
mod forecast;
pub(crate) mod fragility;
pub(crate) mod label;
mod likelihood;
mod odds;
pub(crate) mod outlook;
mod posterior;
pub(crate) mod prior;
mod quadrature;
mod quick;
