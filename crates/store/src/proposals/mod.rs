mod exposures;
mod items;
