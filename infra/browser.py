"""A client as plain as a browser without JavaScript: it opens pages, reads their form, and sends it."""

import socket
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser

from cloud import Trouble


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Browser:
    """Opens pages of a site. `reach` is where it answers, if its own name does not lead there yet."""

    def __init__(self, site, reach=None):
        self.site, self.reach = site.rstrip("/"), (reach or site).rstrip("/")
        self.opener = urllib.request.build_opener(NoRedirect)

    def get(self, path):
        return self.ask(urllib.request.Request(self.reach + path))

    def post(self, path, fields, page="/", origin=None):
        body = urllib.parse.urlencode(fields).encode()
        headers = {"Origin": origin or self.site, "Referer": self.site + page, "Content-Type": "application/x-www-form-urlencoded"}
        return self.ask(urllib.request.Request(self.reach + path, body, headers))

    def ask(self, request):
        try:
            with self.opener.open(request, timeout=35) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())
        except (urllib.error.URLError, socket.timeout, ConnectionError) as error:
            raise Trouble(f"{request.full_url} does not answer: {error}", "Is the site's name set up in DNS? --url reaches it by another.") from None


class Form(HTMLParser):
    """The first form of a page that is sent by POST: where it goes, and its fields."""

    def __init__(self, html):
        super().__init__()
        self.action, self.fields, self._in, self._select, self._area = None, [], False, None, None
        # What browsers suggest for an input, by the id of the list.
        self.suggestions, self._list = {}, None
        self.feed(html)
        if self.action is None:
            raise Trouble("There is no form on the page.")

    def handle_starttag(self, tag, attributes):
        about = dict(attributes)
        if tag == "form" and self.action is None and about.get("method", "").lower() == "post":
            self.action, self._in = about["action"], True
        if not self._in or "disabled" in about:
            return
        if tag == "input" and "name" in about:
            self.fields.append({"kind": about.get("type", "text"), **about})
        elif tag == "textarea":
            self._area = {"kind": "textarea", "value": "", **about}
            self.fields.append(self._area)
        elif tag == "select":
            self._select = {"kind": "select", "options": [], **about}
            self.fields.append(self._select)
        elif tag == "datalist":
            self._list = self.suggestions.setdefault(about.get("id", ""), [])
        elif tag == "option" and self._list is not None:
            self._list.append(about.get("value", ""))
        elif tag == "option" and self._select is not None:
            self._select["options"].append(about.get("value", ""))
            if "selected" in about:
                self._select["value"] = about.get("value", "")
        elif tag == "button" and about.get("name"):
            self.fields.append({"kind": "button", **about})

    def handle_endtag(self, tag):
        if tag == "form":
            self._in = False
        elif tag == "select":
            self._select = None
        elif tag == "datalist":
            self._list = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data):
        if self._area is not None:
            self._area["value"] += data

    def values(self, given, button):
        """What is sent: what stands in the form, with what is given, by a press on one of its buttons."""
        sent = []
        for field in self.fields:
            name, kind, value = field["name"], field["kind"], field.get("value", "")
            if kind == "button":
                if (name, value) == button:
                    sent.append((name, value))
            elif kind in ("radio", "checkbox"):
                wanted = given.get(name)
                if value == wanted or (isinstance(wanted, list) and value in wanted) or (wanted is None and "checked" in field):
                    sent.append((name, value))
            else:
                sent.append((name, given.get(name, value)))
        return sent
