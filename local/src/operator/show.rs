//! Commands about one request: its progress, its routing and, if its citizen asks, its answers.

use super::Tool;
use super::failure::Failure;
use super::output::Output;
use super::words::{count, exact, iso, progress, recipient, state};
use function::store::{Overview, Task};
use jiff::Timestamp;
use model::deadline::danish_day;
use model::names::SubmissionId;
use model::retention::Retention;
use serde_json::{Value, json};

/// Shows a request. Its answers are included only if `answers`, with an entry in the audit.
pub(super) async fn show(tool: &Tool, reference: &str, answers: bool) -> Result<Output, Failure> {
    let (reference, id) = tool.id(reference).await?;
    let now = tool.now();
    // Includes expired requests that are not deleted yet.
    let overview = tool.service.store().overview(&id, Timestamp::MIN).await?;
    let overview = overview.ok_or_else(|| {
        Failure::NotFound(format!(
            "{reference} is past its time. What is left of it goes with the next run of the schedule"
        ))
    })?;
    let mut text = format!("{reference}\n{}", facts(&overview, now));
    for task in overview.tasks.iter().filter(|task| !matches!(task.task, Task::Erase(_) | Task::Call(..))) {
        let (to, state) = (recipient(&task.task), state(task));
        text += &format!(
            "\nmail to {to}: {state}, {}\n",
            match task.attempts {
                1 => "1 attempt".to_owned(),
                number => format!("{number} attempts"),
            }
        );
        if state == "withheld" && matches!(task.task, Task::Mail(..)) {
            text += "  another receipt went to the same address less than an hour before\n";
        }
        for (name, at) in &task.times {
            text += &format!("  {:14}{}\n", name.trim_end_matches("_at"), exact(*at));
        }
    }
    let mut json = as_json(&overview);
    if answers {
        let (said, value) = what_it_says(tool, &id, &reference).await?;
        text += &said;
        json["answers"] = value;
    }
    Ok(Output::done(text, json))
}

/// Explains why a request went to its kreds.
pub(super) async fn explain(tool: &Tool, reference: &str) -> Result<Output, Failure> {
    let (reference, id) = tool.id(reference).await?;
    let store = tool.service.store();
    let routed = store.routed(&id).await?;
    let routed = routed.ok_or_else(|| Failure::NotFound(format!("{reference} is past its time, and deleted")))?;
    let in_force = store.current_version().await?.as_ref() == Some(&routed.catalog);
    let since = if in_force { "in force now" } else { "not in force any more" };
    let (kreds, rule, catalog) = (&routed.kreds, routed.rule.explained(), &routed.catalog);
    Ok(Output::done(
        format!("{reference} went to {kreds}:\n{rule}.\nContent of version {catalog}, {since}."),
        json!({
            "reference": reference.as_str(), "kreds": kreds.as_str(), "rule": routed.rule.as_str(), "because": rule,
            "catalog": catalog.as_str(), "in_force": in_force,
        }),
    ))
}

/// The word for a request's progress, or `withdrawn`.
fn stands(overview: &Overview) -> &'static str {
    if overview.is_withdrawn() { "withdrawn" } else { progress(overview.progress()) }
}

fn facts(overview: &Overview, now: Timestamp) -> String {
    let receipt = &overview.receipt;
    let kept = match overview.expires {
        None => {
            let last = danish_day(Retention::end(receipt.received));
            format!("until {}, or until a kreds has it; on {last} in any case", exact(overview.keep_until))
        }
        Some(at) if at <= now => format!("its time was up {}; it is deleted with the next run", exact(at)),
        Some(at) => format!("until {}", exact(at)),
    };
    let number = overview.serial().map_or_else(|| "none yet".to_owned(), |serial| serial.to_string());
    let facts = [
        ("state", stands(overview).to_owned()),
        ("kreds", receipt.kreds.to_string()),
        ("form", receipt.form.to_string()),
        ("language", receipt.language.to_string()),
        ("received", exact(receipt.received)),
        ("promised", format!("by {}", receipt.promise.done_by())),
        ("number", number),
        ("held", overview.held.clone().unwrap_or_else(|| "no".to_owned())),
        ("kept", kept),
        ("content", receipt.catalog.to_string()),
    ];
    facts.iter().map(|(name, value)| format!("  {name:10}{value}\n")).collect()
}

fn as_json(overview: &Overview) -> Value {
    let receipt = &overview.receipt;
    let tasks: Vec<Value> = overview
        .tasks
        .iter()
        .filter(|task| !matches!(task.task, Task::Erase(_) | Task::Call(..)))
        .map(|task| {
            let times = task.times.iter().map(|(name, at)| (name.trim_end_matches("_at").to_owned(), json!(iso(*at))));
            json!({
                "for": recipient(&task.task), "state": state(task), "tries": task.attempts, "due": task.due.map(iso),
                "times": times.collect::<serde_json::Map<_, _>>(),
            })
        })
        .collect();
    json!({
        "reference": receipt.reference.as_str(), "state": stands(overview), "kreds": receipt.kreds.as_str(),
        "form": receipt.form.as_str(), "language": receipt.language.as_str(), "received": iso(receipt.received),
        "promised": receipt.promise.done_by().to_string(), "number": overview.serial(), "held": overview.held,
        "keep_until": iso(overview.keep_until), "expires": overview.expires.map(iso), "content": receipt.catalog.as_str(),
        "mails": tasks,
    })
}

/// Everything that the citizen wrote, for a citizen who asks. One of the few places where personal data is output.
async fn what_it_says(
    tool: &Tool,
    id: &SubmissionId,
    reference: &model::reference::Reference,
) -> Result<(String, Value), Failure> {
    tool.audit("answers shown", reference).await?;
    let submission = tool.service.store().submission(id, tool.now()).await?;
    let submission = submission.ok_or_else(|| {
        Failure::NotFound(format!("What {reference} says is past its time, or its key is deleted: nobody can read it"))
    })?;
    let answers = &submission.answers;
    let mut text = format!("\nwhat the citizen wrote ({})\n", count(answers.given.len(), "answer"));
    text += &format!("  kommune\n    {}\n", answers.place.kommune);
    text += &answers.place.postcode.as_ref().map_or_else(String::new, |code| format!("  postcode\n    {code}\n"));
    let mut given = Vec::new();
    for answer in &answers.given {
        let values = answer.values.reveal();
        text += &format!("  {}\n", answer.question);
        text.extend(values.iter().flat_map(|value| value.lines()).map(|line| format!("    {line}\n")));
        given.push(json!({ "field": answer.field.as_str(), "question": answer.question, "values": values }));
    }
    let place = &answers.place;
    let postcode = place.postcode.as_ref().map(model::names::Postcode::as_str);
    Ok((text, json!({ "kommune": place.kommune.as_str(), "postcode": postcode, "given": given })))
}
