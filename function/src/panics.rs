//! A panic becomes a value: one request's or one task's trouble, without the words that a panic may quote.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use thiserror::Error;

/// Something panicked. The message is not kept: it may be a citizen's text, cut in the middle of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the program panicked")]
pub struct Panicked;

/// Runs a future to its end, or to its panic.
pub(crate) async fn caught<T>(future: impl Future<Output = T>) -> Result<T, Panicked> {
    let mut future = pin!(future);
    std::future::poll_fn(|context| {
        // After a panic the future is dropped and never polled again, so nobody sees it half done.
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Err(_) => Poll::Ready(Err(Panicked)),
        }
    })
    .await
}

/// Makes panics say where they happened, and nothing of what: for the whole process, once.
pub fn keep_quiet() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(%place, "panic");
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn panics_before_and_after_an_await_become_errors() {
        assert_eq!(caught(async { 1 }).await, Ok(1));
        assert_eq!(caught(async { panic!("now") }).await, Err::<(), _>(Panicked));
        let later = async {
            tokio::task::yield_now().await;
            panic!("later")
        };
        assert_eq!(caught(later).await, Err::<(), _>(Panicked));
    }
}
