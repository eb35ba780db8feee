//! Serves a site while a test edits its content.

use super::Content;
use jiff::{SignedDuration, Timestamp};
use site_gen::preview::{News, Serving, serve};
use std::fs;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::Duration;

/// A served copy of the small tree.
pub(crate) struct Desk {
    pub(crate) content: Content,
    pub(crate) serving: Serving,
    /// Minutes that have passed since [`now`](super::now).
    pub(crate) minutes: Arc<AtomicI64>,
    /// The reported builds, one line each.
    pub(crate) reported: Arc<Mutex<Vec<String>>>,
    pub(crate) mistakes: Arc<AtomicUsize>,
}

pub(crate) fn desk_of(content: Content) -> Desk {
    let minutes = Arc::new(AtomicI64::new(0));
    let (reported, mistakes) = (Arc::<Mutex<Vec<String>>>::default(), Arc::<AtomicUsize>::default());
    let passed = Arc::clone(&minutes);
    let now = move || -> Timestamp { super::now() + SignedDuration::from_mins(passed.load(Ordering::SeqCst)) };
    let (says, counts) = (Arc::clone(&reported), Arc::clone(&mistakes));
    let report = move |news: News<'_>| match news {
        News::Built(built) => says.lock().unwrap().push(format!("{} pages", built.rendered)),
        News::Mistakes(diagnostics) => {
            counts.fetch_add(1, Ordering::SeqCst);
            says.lock().unwrap().push(diagnostics[0].to_string());
        }
        News::Failed(failure) => panic!("{failure}"),
    };
    let serving = serve(content.path(), 0, now, report, |_, _| ()).unwrap();
    Desk { content, serving, minutes, reported, mistakes }
}

impl Desk {
    pub(crate) fn new() -> Self {
        desk_of(Content::english())
    }

    /// The status and the text of a response.
    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        let agent: ureq::Agent = ureq::config::Config::builder().http_status_as_error(false).build().into();
        let mut answer = agent.get(format!("{}{path}", self.serving.address)).call().unwrap();
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
    }

    /// Waits until the page at a path is as wanted.
    pub(crate) fn shown(&self, path: &str, is_wanted: impl Fn(&str) -> bool) -> String {
        for _ in 0..1000 {
            let (_, page) = self.get(path);
            if is_wanted(&page) {
                return page;
            }
            sleep(Duration::from_millis(20));
        }
        panic!("not shown: {}\n{:#?}", self.get(path).1, self.reported.lock().unwrap());
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.content.path().join(path)).unwrap()
    }
}
