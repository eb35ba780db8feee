use model::danger::{RuleList, Tidings};
use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let text = std::fs::read_to_string(&args[0]).unwrap();
    let begun = Instant::now();
    let rules = match RuleList::read(&text) {
        Ok(r) => r,
        Err(f) => {
            for f in &f {
                println!("{}: {:?}   {}", f.line, f.wrong, text.lines().nth(f.line - 1).unwrap());
            }
            return;
        }
    };
    println!("read in {:?}", begun.elapsed());
    let json = serde_json::to_string(&rules).unwrap();
    let begun = Instant::now();
    let _: model::danger::DangerRules = serde_json::from_str(&json).unwrap();
    println!("json {} bytes, compiled in {:?}", json.len(), begun.elapsed());
    for file in &args[1..] {
        if let Some(unit) = file.strip_prefix("big:") {
            let big = unit.repeat(32_000 / unit.len());
            let begun = Instant::now();
            let t = rules.judge(&big);
            println!("{:?} {unit}: {t:?}", begun.elapsed());
            continue;
        }
        let list = std::fs::read_to_string(file).unwrap();
        let (mut hit, mut danger, mut alarm, mut harmless, mut rep, mut reports) = (0, 0, 0, 0, 0, 0);
        for line in list.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let Some((label, text)) = line.split_once('\t') else { continue };
            let t = rules.judge(text);
            match label {
                "danger" => {
                    danger += 1;
                    if t == Tidings::Danger { hit += 1 } else { println!("MISS {t:?}: {text}") }
                }
                "harmless" => {
                    harmless += 1;
                    if t != Tidings::Harmless {
                        alarm += 1;
                        println!("FALSE {t:?}: {text}")
                    }
                }
                "report" => {
                    reports += 1;
                    if t == Tidings::Report { rep += 1 } else { println!("REPORT {t:?}: {text}") }
                }
                _ => {}
            }
        }
        println!("{file}: hits {hit}/{danger} false {alarm}/{harmless} reports {rep}/{reports}");
    }
}
