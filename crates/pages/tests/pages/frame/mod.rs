//! Promises that hold for every page.

mod colours;
mod every_page;
mod translations;
