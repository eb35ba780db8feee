"""The watcher outside the region is silent while the site works, and reports what does not."""

import subprocess
import sys
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from templates import ROOT


class Site(BaseHTTPRequestHandler):
    probe, page, status = "120\n", "tel:112 tel:114", 404

    def do_GET(self):
        text, status = self.page, self.status if self.path.startswith("/kvittering/") else 200
        if self.path == "/afproevning.txt":
            text = self.probe
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


class Watch(unittest.TestCase):
    def watch(self, address=None, **said):
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Said", (Site,), said))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = address or f"http://127.0.0.1:{server.server_address[1]}"
        done = subprocess.run([ROOT / "infra/watch", address], capture_output=True, text=True, check=False)
        server.shutdown()
        server.server_close()
        return done.returncode, done.stdout + done.stderr

    def test_it_is_silent_while_the_site_works_and_reports_what_does_not(self):
        self.assertEqual(self.watch(), (0, ""))
        for said, why in (
            ({"probe": "-\n"}, "no probe has ever arrived"),
            ({"probe": "5000\n"}, "83 minutes ago"),
            ({"page": "tel:112"}, "does not name tel:114"),
            ({"status": 503}, "503 instead of 404"),
            ({"address": "http://127.0.0.1:9"}, "no answer"),
        ):
            code, text = self.watch(**said)
            self.assertEqual(code, 1)
            self.assertIn(why, text)


if __name__ == "__main__":
    unittest.main()
