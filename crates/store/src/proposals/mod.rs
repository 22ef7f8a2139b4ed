mod exposures;
mod proposals;
