"""Failures at the edge: strangers, floods, a missing function, a missing gateway, receipts that bounce.

The emulator throttles as a stage says, and sends the gateway's own responses. It reserves no concurrency for versions
of a function, so here the web function is gone instead of busy. `edge.py` plays the distribution's responses.
"""

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

from orders import CALL, Journey

PATH = "/indsend/bestil-en-betjent"


def the_edge_answers_with_pages(world):
    a_stranger_past_the_distribution_is_refused(world)
    a_web_that_is_gone_keeps_no_mail_from_the_police(world)
    a_gateway_that_throttles_says_so_on_a_page(world)
    a_gateway_that_is_gone_is_a_page_of_the_distribution(world)
    receipts_rest_and_the_police_get_their_mail(world)


def is_our_page(status, headers, text):
    for said in ("IKKE modtaget", "NOT received", "tel:112", "tel:114"):
        assert said in text, (status, said, text)
    kind = {name.lower(): value for name, value in headers}.get("content-type", "")
    assert kind.startswith("text/html"), (status, kind)


def posted(world, address=None):
    """Posts a form through the distribution; returns status, headers and text of the answer."""
    connection = http.client.HTTPConnection(urlsplit(address or world.edge("test")).netloc, timeout=60)
    connection.request("POST", PATH, urlencode(CALL), {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"})
    answer = connection.getresponse()
    return answer.status, answer.getheaders(), answer.read().decode()


def a_stranger_past_the_distribution_is_refused(world):
    edge = (world.edge("test"), world.edges["test"])[1]
    origin = next(origin for origin in edge.config["Origins"]["Items"] if origin["Id"] == "function")
    path = f"/_aws/execute-api/{origin['DomainName'].split('.')[0]}{origin['OriginPath']}{PATH}"
    for proof in ({}, {"x-origin-secret": "0" * 64}, {"cloudfront-viewer-address": "192.0.2.1:443"}):
        sent = {"authorization": edge.signature, "content-type": "application/x-www-form-urlencoded", **proof}
        status, headers, body = edge.send("POST", path, sent, urlencode(CALL).encode())
        assert status == 403, (status, body)
        is_our_page(status, headers, body.decode())
    Journey(world, "test", "Som alle andre").summary()


def a_web_that_is_gone_keeps_no_mail_from_the_police(world):
    aws, before = world.aws("test"), len(world.emulator.mails("test"))
    journey = Journey(world, "test", "Før stormen").summary()
    journey.send()
    live = ["--function-name", world.output("test", "FunctionName"), "--name", "live"]
    version = aws("lambda", "get-alias", *live)["FunctionVersion"]
    aws("lambda", "delete-alias", *live)
    try:
        status, headers, text = posted(world)
        assert status in (429, 500, 502, 504), (status, text)
        is_our_page(status, headers, text)
        world.wait_for("the mail, while no web request is answered", lambda: len(world.emulator.mails("test")) > before)
    finally:
        aws("lambda", "create-alias", *live, "--function-version", version)
    Journey(world, "test", "Efter stormen").summary()


def a_gateway_that_throttles_says_so_on_a_page(world):
    aws, api = world.aws("test"), world.output("test", "ApiId")

    def limit(rate, burst):
        changes = [{"op": "replace", "path": f"/*/*/throttling/{name}", "value": str(value)} for name, value in (("rateLimit", rate), ("burstLimit", burst))]
        aws("apigateway", "update-stage", "--rest-api-id", api, "--stage-name", "live", "--patch-operations", json.dumps(changes))

    address = world.edge("test")
    limit(1, 1)
    try:
        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(lambda _: posted(world, address), range(20)))
    finally:
        limit(200, 400)
    throttled = [answer for answer in answers if answer[0] == 429]
    assert throttled, [answer[0] for answer in answers]
    for answer in throttled:
        is_our_page(*answer)


def a_gateway_that_is_gone_is_a_page_of_the_distribution(world):
    edge = (world.edge("test"), world.edges["test"])[1]
    for status in (502, 504):
        edge.origin_is_gone = status
        answer = posted(world)
        edge.origin_is_gone = None
        assert answer[0] == status, answer
        is_our_page(*answer)


def receipts_rest_and_the_police_get_their_mail(world):
    """Pauses receipts as their alarm does, which tests/journeys/receipts.rs tests: SNS's signature is not emulated."""
    aws, key = world.aws("test"), {"pk": {"S": "SWITCH#receipts"}, "sk": {"S": "switch"}}
    rest = {**key, "expires_at": {"N": str(int(time.time()) + 86400)}}

    def sent(place):
        """Sends a request with an address for its receipt, and waits until the police have it."""
        journey = Journey(world, "test", place, given={**CALL, "email": "aase@bestil.test"}).summary()
        journey.send()
        world.wait_for(f"the mail about {place} to the police", lambda: any(place in mail["BodyText"] for mail in world.emulator.mails("test")))
        return journey

    def receipts(journey):
        return [mail for mail in world.emulator.mails("test") if mail["Subject"].startswith(f"Kvittering {journey.reference}")]

    before = sent("Før hvilen")
    world.wait_for("its receipt", lambda: receipts(before))
    aws("dynamodb", "put-item", "--table-name", "bestil-test", "--item", json.dumps(rest))
    resting = sent("Under hvilen")
    assert not receipts(resting) and "Vi sender ikke kvitteringer" in resting.browser.get(resting.receipt).text
    aws("dynamodb", "delete-item", "--table-name", "bestil-test", "--key", json.dumps(key))
