//! The pages that somebody has open are shown before the rest of the site is made, and no other page is out of date.

use crate::support::desk::Desk;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::{scope, sleep};
use std::time::Duration;

const PAGE: &str = "sider/privatliv.md";

/// More than a build takes, and far less than anybody waits.
const A_WHILE: Duration = Duration::from_millis(400);

impl Desk {
    /// The number of the build that a page is of.
    fn build(&self, address: &str) -> String {
        let page = self.get(address).1;
        let script = page.split("genindlaes.js?").nth(1).unwrap();
        script.split('-').next().unwrap().to_owned()
    }

    /// Waits for another build as the script of an open page does; gives its number.
    fn next(&self, build: &str, address: &str) -> String {
        self.get(&format!("/_lokal/naeste?{build}&{address}")).1
    }

    /// Edits the content while pages are open, whose scripts wait for that; gives the number that they are told.
    fn edit_under(&self, open: &[&str], edit: impl FnOnce()) -> String {
        let build = self.build(open[0]);
        scope(|scope| {
            let waiting: Vec<_> = open.iter().map(|address| scope.spawn(|| self.next(&build, address))).collect();
            sleep(A_WHILE);
            assert!(waiting.iter().all(|page| !page.is_finished()), "nothing was edited");
            edit();
            waiting.into_iter().map(|page| page.join().unwrap()).max().unwrap()
        })
    }
}

#[test]
fn all_open_pages_come_first_and_other_pages_are_never_stale() {
    let desk = Desk::new();
    let gate = desk.gate.lock().unwrap();
    let build = desk.edit_under(&["/fyn/", "/bornholm/"], || {
        desk.content.change("sprog/da.yaml", "om_kredsen: ", "om_kredsen: Nyt ");
    });
    for address in ["/fyn/", "/bornholm/"] {
        let page = desk.get(address).1;
        assert!(page.contains("<h2>Nyt ") && page.contains(&format!("genindlaes.js?{build}-")), "{address}: {page}");
    }
    // The rest is not shown as long as the gate is closed.
    assert!(desk.told.lock().unwrap().is_empty());
    scope(|scope| {
        let (sender, answers) = channel();
        let desk = &desk;
        scope.spawn(move || sender.send(desk.get("/oestjylland/").1).unwrap());
        assert_eq!(answers.recv_timeout(A_WHILE), Err(RecvTimeoutError::Timeout), "it is waited for");
        drop(gate);
        assert!(answers.recv().unwrap().contains("<h2>Nyt "));
    });
    // It is the same site: whoever has seen a part of it need not look again.
    assert_eq!(desk.build("/fyn/"), build);
    assert_eq!(desk.build("/oestjylland/"), build);
}

#[test]
fn a_page_shown_early_is_withdrawn_if_the_finished_site_is_wrong() {
    let desk = Desk::new();
    let good = desk.read(PAGE);
    let gate = desk.gate.lock().unwrap();
    // To an author's eye it leads out of the site; that it does not is seen in the finished pages.
    let link = format!("[noget]({}/findes-ikke/)", desk.serving.address);
    desk.edit_under(&["/privatliv/"], || desk.content.write(PAGE, &format!("{good}\nLæs {link}.\n")));
    assert!(desk.get("/privatliv/").1.contains("/findes-ikke/"));
    drop(gate);
    let page = desk.shown("/privatliv/", |page| page.contains("\"lokal-fejl\""));
    assert!(page.contains("<li>sider/privatliv.md:") && page.contains("fører ikke til en fil"), "{page}");
    assert!(page.contains("<h1>Privatliv</h1>") && !page.contains(">noget</a>"), "{page}");
    assert_eq!(desk.get("/fyn/").0, 200);
    let build = desk.edit_under(&["/privatliv/"], || desk.content.write(PAGE, &good));
    assert!(!desk.get("/privatliv/").1.contains("\"lokal-fejl\""));
    assert_eq!(desk.build("/fyn/"), build);
}

#[test]
fn an_open_page_with_a_mistake_is_not_shown_early() {
    let desk = Desk::new();
    let good = desk.read(PAGE);
    let gate = desk.gate.lock().unwrap();
    let build = desk.build("/privatliv/");
    scope(|scope| {
        let waiting = scope.spawn(|| desk.next(&build, "/privatliv/"));
        desk.content.write(PAGE, &good.replace("titel:", "tittel:"));
        sleep(A_WHILE);
        assert!(!waiting.is_finished() && !desk.get("/privatliv/").1.contains("\"lokal-fejl\""));
        drop(gate);
        waiting.join().unwrap();
    });
    assert!(desk.get("/privatliv/").1.contains("\"lokal-fejl\""));
}

#[test]
fn another_page_is_built_even_under_constant_saving() {
    let desk = Desk::new();
    let (words, is_answered) = (desk.read("sprog/da.yaml"), AtomicBool::new(false));
    // A word of all pages: each site takes as long as it can.
    let save = |number: u32| {
        let edited = words.replace("om_kredsen: ", &format!("om_kredsen: Nummer {number} "));
        desk.content.write("sprog/da.yaml", &edited);
    };
    desk.edit_under(&["/privatliv/"], || save(0));
    scope(|scope| {
        scope.spawn(|| {
            desk.get("/fyn/");
            is_answered.store(true, Ordering::SeqCst);
        });
        let is_answered_while_saving = (1..10_000).any(|number| {
            save(number);
            sleep(Duration::from_millis(15));
            is_answered.load(Ordering::SeqCst)
        });
        assert!(is_answered_while_saving, "nobody gets it");
    });
}
