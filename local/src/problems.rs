//! What is wrong with the content, above the page that an editor looks at.

use crate::inbox::escaped;
use crate::preview::Shown;
use site_gen::cut::Cut;
use site_gen::problem::Problem;
use site_gen::report::counted;

/// The mistakes, or the warnings, folded; nothing if there are none.
pub(crate) fn told(shown: &Shown) -> String {
    let style = "<link rel=\"stylesheet\" href=\"/_lokal/lokal.css\">";
    if !shown.problems.is_empty() {
        let (count, list) = (counted(&shown.problems), list(&shown.problems));
        format!(
            "{style}<section class=\"lokal-fejl\" aria-label=\"Fejl i indholdet\"><h2>Der er fejl i indholdet: {count}</h2>\
             <p>Siden nedenunder er den sidste, der kunne bygges.</p>{list}</section>"
        )
    } else if !shown.warnings.is_empty() {
        let (count, list) = (counted(&shown.warnings), list(&shown.warnings));
        format!(
            "{style}<section class=\"lokal-fejl lokal-advarsel\" aria-label=\"Advarsler om indholdet\">\
             <details><summary>{count}</summary>{list}</details></section>"
        )
    } else {
        String::new()
    }
}

fn list(problems: &[Problem]) -> String {
    let items: String = problems.iter().map(item).collect();
    format!("<ul>{items}</ul>")
}

/// The problem, and below it the line with the place marked.
fn item(problem: &Problem) -> String {
    let line = Cut::of(problem).map_or_else(String::new, |cut| {
        // There is something to see also at the end of a line.
        let at = if cut.at.is_empty() { " " } else { &cut.at };
        let [before, at, after] = [&cut.before, at, &cut.after].map(escaped);
        format!("<pre>{before}<mark>{at}</mark>{after}</pre>")
    });
    format!("<li>{}{line}</li>\n", escaped(&problem.to_string()))
}
