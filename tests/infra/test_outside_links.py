"""The job that checks links out of the site reports dead and moved ones with their places, and requests politely."""

import json
import subprocess
import sys
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from templates import ROOT


class Site(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        site, path = self.server, self.path
        with site.lock:
            site.asked.append((self.command, path, self.headers["User-Agent"]))
            site.now += 1
            site.most = max(site.most, site.now)
        time.sleep(0.01)
        status, where = {
            "/": (200, None), "/a%20b?c=%C3%A6": (200, None), "/gone": (410, None), "/missing": (404, None), "/broken": (500, None),
            "/moved": (301, "/new"), "/permanent": (308, "/moved"), "/new": (200, None), "/for-now": (302, "/new"), "/moved-away": (301, "/missing"),
            "/round": (302, "/round"), "/elsewhere": (301, "mailto:a@b.example"), "/slash": (301, "/slash/"), "/slash/": (200, None),
        }.get(path, (404, None))
        if path == "/no-head":
            status = 405 if self.command == "HEAD" else 200
        if path == "/later":
            status = 200 if sum(asked[1] == path for asked in site.asked) > 2 else 503
        with site.lock:
            site.now -= 1
        if path == "/silent":
            time.sleep(2)
        self.send_response(status)
        if where:
            self.send_header("Location", where)
        self.end_headers()

    def log_message(self, *_):
        pass


class OutsideLinks(unittest.TestCase):
    def setUp(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
        self.server.lock, self.server.asked, self.server.now, self.server.most = threading.Lock(), [], 0, 0
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()

    def run_on(self, lines, *more):
        done = subprocess.run([ROOT / "infra/outside-links", "--links", "-", "--pause", "0", "--timeout", "1", *more],
                              input=lines, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def ask(self, *addresses, more=()):
        lines = "".join(json.dumps({"address": address, "file": "sider/a.md", "line": number, "column": 3}) + "\n"
                        for number, address in enumerate(addresses, 1))
        return self.run_on(lines, *more)

    def test_live_links_are_not_reported(self):
        code, told, counted = self.ask(f"{self.base}/", self.base, f"{self.base}/#here", f"{self.base}/no-head", f"{self.base}/for-now",
                                       f"{self.base}/later", f"{self.base}/a b?c=æ")
        self.assertEqual((code, told), (0, ""), counted)
        self.assertEqual(counted, "7 links: 7 live, 0 have died, 0 have moved.\n")

    def test_dead_links_are_reported_with_reasons_and_places(self):
        for path, why in (("/gone", "410"), ("/missing", "404"), ("/broken", "500"), ("/silent", "no answer in 1 seconds"), ("/round", "it leads on and on"),
                          ("/moved-away", f"404 at {self.base}/missing"), ("/elsewhere", "301 to mailto:a@b.example")):
            code, told, _ = self.ask(f"{self.base}{path}", f"{self.base}/", f"{self.base}{path}", more=("--again", "0"))
            self.assertEqual((code, told), (1, f"died\t{why}\t{self.base}{path}\tsider/a.md:1:3 sider/a.md:3:3\n"))

    def test_a_missing_host_or_server_is_dead(self):
        code, told, _ = self.ask("http://findes.invalid/", "http://127.0.0.1:9/", more=("--again", "0", "--json"))
        said = [json.loads(line) for line in told.splitlines()]
        self.assertEqual(code, 1)
        self.assertEqual([(one["outcome"], one["places"]) for one in said], [("died", ["sider/a.md:2:3"]), ("died", ["sider/a.md:1:3"])])
        self.assertIn("no answer", said[0]["why"])

    def test_moved_links_are_reported_with_their_new_address(self):
        for path, to in (("/moved", "/new"), ("/permanent", "/new"), ("/slash", "/slash/")):
            code, told, _ = self.ask(f"{self.base}{path}", f"{self.base}/")
            self.assertEqual((code, told), (3, f"moved\t{self.base}{to}\t{self.base}{path}\tsider/a.md:1:3\n"))

    def test_a_host_gets_one_request_at_a_time_with_a_user_agent(self):
        code, _, _ = self.ask(*(f"{self.base}/{number}" for number in range(8)), more=("--agent", "proeve/1 (a@b.example)"))
        self.assertEqual((code, self.server.most), (1, 1))
        self.assertEqual({agent for _, _, agent in self.server.asked}, {"proeve/1 (a@b.example)"})
        self.assertEqual([method for method, _, _ in self.server.asked[:2]], ["HEAD", "GET"])

    def test_an_invalid_list_of_links_is_refused(self):
        for lines in ("x\n", "{}\n", "[]\n", '{"address": "https://a.example"}\n'):
            code, told, said = self.run_on(lines)
            self.assertEqual((code, told), (2, ""))
            self.assertIn("Line 1", said)
        self.assertEqual(self.run_on("")[0], 0)
        self.assertEqual(self.run_on("", "--timeout", "0")[0], 2)


if __name__ == "__main__":
    unittest.main()
