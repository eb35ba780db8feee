//! Real prose is not mistaken for an attack: quotes, angle brackets, addresses, and words that look like code.

use crate::journeys::service::Service;
use lambda_http::http::Request;
use lambda_http::{Body, Request as LambdaRequest};

/// Beginnings, middles and ends of messages, as somebody might type them.
const BEGINNINGS: [&str; 10] = [
    "Hej,",
    "Til rette vedkommende:",
    "Kære politi -",
    "Vores børn (8 & 11 år) går her hver dag.",
    "Jeg skriver \"igen\", fordi der intet sker;",
    "OBS!!!",
    "1) Hastighed 2) Støj 3) Parkering",
    "Det er 'kun' en villavej",
    "Re: vores snak på stationen.",
    "SELECT os gerne til en kontrol :-)",
];
const MIDDLES: [&str; 10] = [
    "bilerne kører > 80 km/t, og skiltet siger < 50.",
    "se https://www.eksempel.example/kort?vej=Viborgvej&nr=12#mod-syd",
    "der står on=1 på måleren, og onload = fuld fart ud ad vejen.",
    "nogen råber \"DROP DEAD\" og 'kom så' -- hver aften /* efter kl. 22 */",
    "knallerter uden plade (50 % af dem); de bor i nr. 3, 5 og 7.",
    "min mail er anna.b+politi@eksempel.example, hvis I vil have <billeder>.",
    "100% sikker på, at det er de samme; nr. AB 12 345.",
    "../ skolen ligger to veje væk, ved c:\\parken (det hedder den).",
    "{de} holder [altid] ved `kiosken` | og larmer ~ til klokken 3.",
    "script: først rækværket, så union-jack flaget, så naboens hæk.",
];
const ENDINGS: [&str; 5] = ["Mvh.\r\nÅse", "Tak ;)", "<3 fra os alle", "/Ö. Øster-Ærø", "P.S. ' OR så må I ringe"];

#[test]
fn five_hundred_realistic_texts_all_pass() {
    let service = Service::start();
    let mut refused = Vec::new();
    let mut sent = 0;
    for beginning in BEGINNINGS {
        for middle in MIDDLES {
            for ending in ENDINGS {
                let text = format!("{beginning} {middle}\r\n\r\n{ending}");
                sent += 1;
                let status = status(&service, &text);
                if status != 200 {
                    refused.push((status, text));
                }
            }
        }
    }
    assert_eq!((sent, refused), (500, Vec::new()));
}

fn status(service: &Service, text: &str) -> u16 {
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("kreds", "oestjylland")
        .append_pair("kommune", "0751")
        .append_pair("emne", "utryghed")
        .append_pair("vej", text.lines().next().unwrap_or_default())
        .append_pair("beskrivelse", text)
        .append_pair("navn", "Åse O'Hara-Sørensen")
        .append_pair("telefon", "31 22 33 44")
        .append_pair("ringetid", "aften")
        .append_pair("trin", "gennemse")
        .finish();
    let request: LambdaRequest = Request::post("/indsend/bestil-en-betjent")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::Text(body))
        .unwrap();
    service.run(service.function().handle(request)).unwrap().status().as_u16()
}
