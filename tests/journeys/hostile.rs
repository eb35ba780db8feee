//! Bodies that no form sends: each is answered, none with a server error.

use crate::journeys::filled::{open, traffic};
use crate::journeys::service::Service;
use crate::shared::tries;
use lambda_http::http::Method;
use lambda_http::{Body, Request};

/// Pieces that have broken other programs: null bytes, direction, encoding, markup, templates, headers, queries.
const PIECES: [&[u8]; 22] = [
    b"%00",
    b"\0",
    b"%E2%80%AE",
    b"%ED%A0%80",
    b"\xff\xfe",
    b"%",
    b"%zz",
    b"&",
    b"=",
    b"&&==",
    b"+",
    b"%0D%0ABcc:x@y.example",
    b"{{7*7}}",
    b"{%25 raw %25}",
    b"<script>alert(1)</script>",
    b"' OR 1=1 --",
    b"../../etc/passwd",
    b"%F0%9F%9A%97",
    b"&kommune=0751&kommune=0461",
    b"&trin=send",
    b"&udgave=0000000000000000",
    b"&telefon=%2B%2B%2B45",
];

#[test]
fn hostile_bodies_are_all_answered_with_2xx_or_4xx() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("kommune", "0751");
    let body = |form: &crate::journeys::visitor::FormOnPage| {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.values).finish().into_bytes()
    };
    let (good, sent) = (body(&form), body(&form.clone().set("trin", "send")));
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let mut seen = std::collections::BTreeMap::new();
    for round in 0..tries(1_000, 10_000) {
        let body = match round % 100 {
            0 => vec![b'a'; 1024 * 1024],
            1 => Vec::new(),
            2 => (0..random.below(2000)).map(|_| random.next().to_be_bytes()[0]).collect(),
            n if n % 10 == 4 => mutated(&sent, &mut random),
            _ => mutated(&good, &mut random),
        };
        let target = if round % 2 == 0 { "/indsend/bestil-en-faerdselskontrol" } else { "/indsend/bestil-en-betjent" };
        let request: Request = lambda_http::http::Request::builder()
            .method(Method::POST)
            .uri(target)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::Binary(body))
            .unwrap();
        let status = service.run(service.function().handle(request)).unwrap().status().as_u16();
        assert!(
            (200..300).contains(&status) || status == 303 || (400..500).contains(&status),
            "round {round}: {status}"
        );
        *seen.entry(status).or_insert(0) += 1;
    }
    // The bodies are neither all refused at once nor all alike.
    for status in [200, 303, 413, 422] {
        assert!(seen.contains_key(&status), "{seen:?}");
    }
}

/// Returns a good body with some pieces inserted and some bytes removed.
fn mutated(good: &[u8], random: &mut Random) -> Vec<u8> {
    let mut body = good.to_vec();
    for _ in 0..=random.below(3) {
        let place = random.below(body.len() + 1);
        if random.below(4) == 0 {
            let end = (place + random.below(40)).min(body.len());
            body.drain(place.min(end)..end);
        } else {
            let piece = PIECES[random.below(PIECES.len())];
            body.splice(place..place, piece.iter().copied());
        }
    }
    body
}

/// Marsaglia's xorshift: the same bodies every time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }
}
