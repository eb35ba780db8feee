//! Published figures: pages and open data, nothing without figures, and all mistakes in the file reported at once.

use crate::support::{Content, files, holding, html, now, said};
use scraper::{Html, Selector};
use site_gen::build;

const FILE: &str = "data/tal.csv";

const MONTHS: &str = "måned,kreds,tal,antal
2026-07,fyn,modtaget,40
2026-07,fyn,ringet-i-tide,30
2026-07,fyn,ringet-for-sent,skjult
2026-07,fyn,ikke-ringet,skjult
2026-07,fyn,afsluttet-inden-opkald,skjult
2026-07,fyn,median-dage,4
2026-07,bornholm,modtaget,skjult
2026-08,bornholm,modtaget,12
2026-08,fyn,modtaget,7
";

#[test]
fn each_kreds_and_the_country_have_a_page_with_figures_and_open_data() {
    let content = Content::english();
    assert!(files(&content).iter().all(|file| !file.path.contains("/tal")), "no figures, no pages");
    assert!(holding(&files(&content), "href=\"/tal/\"").is_empty());
    content.write(FILE, MONTHS);
    let files = files(&content);
    let page = Html::parse_document(&html(&files, "public/fyn/tal/index.html"));
    let texts = |selector: &str| {
        let selector = Selector::parse(selector).unwrap();
        let found = page.select(&selector).map(|found| found.text().collect::<String>());
        found.collect::<Vec<_>>()
    };
    let july = ["40", "30", "skjult", "skjult", "skjult", "skjult", "4"];
    assert_eq!(texts("table[aria-labelledby='opkald'] tr:nth-child(2) td"), july);
    assert_eq!(texts("table[aria-labelledby='opkald'] tbody th"), ["August 2026", "Juli 2026"]);
    assert!(
        texts("svg text").len() > 1 && texts("svg:not([aria-hidden])").is_empty(),
        "a table is read, not its chart"
    );
    let country = html(&files, "public/tal/index.html");
    for sum in ["mindst 40", ">19<", "href=\"/bornholm/tal/\"", "href=\"/tal.csv\""] {
        assert!(country.contains(sum), "{sum}");
    }
    let quiet = html(&files, "public/oestjylland/tal/index.html");
    assert!(quiet.contains("under 5") && !quiet.contains("mindst 4"));
    assert!(html(&files, "public/en/fyn/tal/index.html").contains("lang=\"en\""));
    for page in ["public/index.html", "public/fyn/index.html", "public/soeg/index.html", "public/sitemap.xml"] {
        assert!(html(&files, page).contains("/tal/"), "{page}");
    }
    assert_eq!(html(&files, "public/bornholm/tal.csv").lines().count(), 3);
    let json: serde_json::Value = serde_json::from_str(&html(&files, "public/tal.json")).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 9);
    assert_eq!(json[0], serde_json::json!({"måned": "2026-07", "kreds": "bornholm", "tal": "modtaget", "antal": null}));
}

#[test]
fn all_mistakes_in_a_file_of_figures_are_reported_at_once_with_locations() {
    let content = Content::new();
    let wrong = [
        "måned,kreds,tal,antal",
        "2026-13,fyn,modtaget,10",
        "2026-07,fynn,modtaget,10",
        "2026-07,fyn,modtagne,10",
        "2026-07,fyn,modtaget,4",
        "2026-07,fyn,begyndt,1o",
        "2026-07,fyn,videresendt",
        "2026-08,fyn,modtaget,20",
        "2026-08,fyn,modtaget,20",
        "2026-08,fyn,ringet-i-tide,17",
        "2026-08,fyn,ringet-for-sent,skjult",
        "2026-09,fyn,modtaget,20",
        "2026-09,fyn,videresendt,9",
        "2026-09,fyn,ikke-videresendt,9",
        "2026-10,fyn,ringet-i-tide,9",
    ];
    content.write(FILE, &format!("{}\n", wrong.join("\n")));
    let reported = said(&build(content.path(), None, now()).err().unwrap());
    let places: Vec<&str> = reported.lines().map(|line| line.split(':').nth(1).unwrap()).collect();
    assert_eq!(places, ["2", "3", "4", "5", "6", "7", "9", "11", "13", "15"], "{reported}");
    for part in [
        ":2:1: »2026-13« er ikke en måned",
        ":3:9: Der er ingen kreds »fynn« i kredse/. Mente du »fyn«?",
        "Mente du »modtaget«?",
        ":5:22: Et tal under 5 må ikke stå her",
        ":6:21: »1o« er hverken et helt tal eller ordet »skjult«.",
        ":11:29: Det skjulte tal kan regnes ud af de andre.",
        ":13:25: Delene giver 18 tilsammen, og der er modtaget 20.",
        ":15:27: Her står et tal, selv om »modtaget« er skjult for den måned.",
    ] {
        assert!(reported.contains(part), "{part}\n{reported}");
    }
}
