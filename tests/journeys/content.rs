//! Editing while the service runs: saved changes are shown, and mistakes keep the last good site.

use crate::journeys::service::copied_content;
use crate::journeys::visitor::Visitor;
use function::clock::Clock;
use local::{Options, start};
use std::time::Duration;

#[test]
fn saved_content_is_shown_and_mistakes_keep_the_last_good_site() {
    let content = copied_content();
    let data = tempfile::TempDir::new().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let options = Options {
        port: 0,
        data: data.path().to_owned(),
        content: content.path().to_owned(),
        schedule: 0,
        limit: 0,
        watch: true,
        clock: Clock::System,
    };
    let running = runtime.block_on(start(options)).unwrap();
    let visitor = Visitor::new(&running.address);
    let page = content.path().join("sider/saadan-virker-det.md");
    let good = std::fs::read_to_string(&page).unwrap();
    let shown = |wanted: &dyn Fn(&str) -> bool| {
        for _ in 0..200 {
            let html = visitor.open("/saadan-virker-det/").html;
            if wanted(&html) {
                return html;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("not shown:\n{}", visitor.open("/saadan-virker-det/").html);
    };

    std::fs::write(&page, format!("{good}\n## En helt ny overskrift\n\nOg en tekst.\n")).unwrap();
    shown(&|html| html.contains("En helt ny overskrift"));

    std::fs::write(&page, good.replacen("titel:", "tittel:", 1)).unwrap();
    let html = shown(&|html| html.contains("fejl i indholdet"));
    assert!(html.contains("sider/saadan-virker-det.md:2:1: »tittel«"), "{html}");
    assert!(html.contains("<pre><mark>t</mark>ittel: "), "{html}");
    assert!(html.contains("En helt ny overskrift"), "the last good site is underneath");

    std::fs::write(&page, &good).unwrap();
    shown(&|html| !html.contains("fejl i indholdet") && !html.contains("En helt ny overskrift"));
}
