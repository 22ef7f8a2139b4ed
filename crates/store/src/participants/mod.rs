mod answers;
mod one_time_links;
