//! All integration tests of the generator, through its public interface and its program, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod as_saved;
mod closed;
mod commitments;
mod compared;
mod controls;
mod drafts;
mod figures;
mod grave;
mod images;
mod incremental;
mod kinds;
mod languages;
mod links;
mod links_in_time;
mod lists;
#[cfg(feature = "serve")]
mod live;
mod manual;
mod map;
mod markdown;
mod missed_call;
mod mistakes;
mod moved;
mod news;
mod one_mistake;
#[cfg(feature = "serve")]
mod output;
mod pages;
mod readability;

mod quick_exit;
mod real_content;
mod reasons;
mod scaffold;
mod search;
mod service_messages;
mod slips;
mod subscriptions;
mod support;
mod terminal;
mod texts;
mod time;
mod tour;
mod tour_mistakes;
