//! Outside production, every mail goes to one mailbox, whoever its recipient is.

use crate::journeys::filled;
use crate::journeys::lab::Lab;
use crate::journeys::post_office::for_good;
use crate::journeys::service::Service;
use function::message::Audience;
use function::settings::DeliveryPolicy;
use function::store::digests;
use jiff::SignedDuration;
use model::deadline::danish_day;
use model::email::EmailAddress;
use std::collections::BTreeSet;

const SINK: &str = "sink@bestil-en-betjent.example";

#[test]
fn outside_production_mail_reaches_only_the_sink() {
    let lab = Lab::with(Service::start(), |settings| {
        settings.delivery = DeliveryPolicy::Only(EmailAddress::parse(SINK).unwrap());
    });
    // Every police mailbox refuses, so that each mail takes the full path: mailbox, second mailbox, fallback.
    lab.post.set(|mail| match mail.name.rsplit('.').next() {
        Some("kreds" | "reserve") => for_good(),
        _ => Ok(function::mailer::Handover::Final),
    });
    let catalog = lab.service.run(lab.function.catalog()).unwrap();
    let call = filled::call(lab.open("fyn", "bestil-en-betjent"));
    let traffic = filled::traffic(lab.open("fyn", "bestil-en-faerdselskontrol"));
    for kreds in catalog.atlas().kredse() {
        let mut kommuner = catalog.atlas().kommuner().iter();
        let kommune = kommuner.find(|kommune| kommune.kreds == kreds.slug).unwrap();
        let email = format!("borger@{}.example", kreds.slug);
        let texts = "To: chef@politi.example\r\nBcc: alle@politi.example";
        for form in [&call, &traffic] {
            let form = form.clone().set("kommune", &kommune.code.to_string()).set("email", &email);
            lab.send("192.0.2.1", &form.set("beskrivelse", texts).set("navn", "chef@politi.example")).id();
        }
    }
    for _ in 0..4 {
        lab.sweep();
    }
    // Until today's digest is due, and tomorrow's is not, whatever time it is.
    let now = lab.function.now();
    lab.wait(digests::due(danish_day(now)).duration_since(now) + SignedDuration::from_mins(5));
    while lab.sweep().digests > 0 {}

    let tried = lab.post.tried();
    let kinds: BTreeSet<&str> = tried.iter().map(|mail| mail.name.rsplit('.').next().unwrap()).collect();
    let all = ["bestil-en-betjent", "bestil-en-faerdselskontrol", "borger", "faldback", "kreds", "reserve"];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), all);
    // 12 kredse with two forms: three police mails per request, one digest per mailbox, one receipt per address.
    let count = |kind: &str| tried.iter().filter(|mail| mail.name.ends_with(kind)).count();
    assert_eq!(["kreds", "reserve", "faldback"].map(count), [24, 24, 24]);
    assert_eq!(tried.iter().filter(|mail| mail.is_digest()).count(), 24);
    assert_eq!(tried.iter().filter(|mail| mail.audience == Audience::Citizen).count(), 12);
    for mail in &tried {
        assert_eq!((mail.to.as_str(), mail.mail().to.as_str()), (SINK, SINK), "{}", mail.name);
        let head = String::from_utf8_lossy(&mail.bytes).split("\r\n\r\n").next().unwrap().to_ascii_lowercase();
        assert_eq!(head.matches("\r\nto: ").count(), 1, "{head}");
        assert!(!head.contains("\r\nbcc:") && !head.contains("\r\ncc:"), "{head}");
    }
}
