"""Pictures as telephones and programs save them, through a publication and the distribution to the browser, and away again.

What a browser shows of them is looked at by tests/browser/pictures.test.mjs.
"""

import http.client
import os
import re
import shutil
import subprocess
from urllib.parse import urlsplit

from templates import ROOT

NAMES = ("telefon.jpg", "tegning.png", "telefon.webp")
PAGE = "---\ntitel: Fire felter\nbeskrivelse: Nogle billeder.\noversaettes: nej\n---\n\n"


def pictures_reach_the_browser_and_tell_nothing(world):
    folder, page = world.content / "billeder", world.content / "sider/fire-felter.md"
    folder.mkdir()
    for name in NAMES:
        shutil.copyfile(ROOT / "site-gen/tests/images" / name, folder / name)
    page.write_text(PAGE + "\n".join(f"![Fire felter](/billeder/{name})\n" for name in NAMES), encoding="utf-8")
    world.run("infra/publish test")
    status, html = get(world, "/fire-felter/")
    published = re.findall(r"/billeder/[a-z0-9.-]+", html)
    assert status == 200 and len(set(published)) == 8, (status, published)
    look_at(world.edge("test") + "/fire-felter/")
    # Whoever is on a picture may want it away: it is deleted.
    page.unlink()
    shutil.rmtree(folder)
    world.run("infra/publish test")
    for address in published:
        assert get(world, address)[0] != 200, address


def look_at(address):
    """Opens the page in Chromium, on a narrow screen and on a wide one."""
    done = subprocess.run(["node", "--test", "pictures.test.mjs"], cwd=ROOT / "tests/browser", env={**os.environ, "PICTURES": address},
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def get(world, path):
    """Status and text of what the distribution answers."""
    connection = http.client.HTTPConnection(urlsplit(world.edge("test")).netloc, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        connection.close()
