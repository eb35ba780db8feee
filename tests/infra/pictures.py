"""Pictures as telephones and programs save them: published, served by the distribution to a browser, and removed again.

tests/browser/pictures.test.mjs checks what a browser shows.
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
    # People on a picture may want it removed, so it is deleted.
    page.unlink()
    shutil.rmtree(folder)
    world.run("infra/publish test")
    for address in published:
        assert get(world, address)[0] != 200, address


def look_at(address):
    """Opens the page in Chromium, on a narrow and on a wide screen."""
    done = subprocess.run(["node", "--test", "pictures.test.mjs"], cwd=ROOT / "tests/browser", env={**os.environ, "PICTURES": address},
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def get(world, path):
    """Returns status and text of the distribution's answer."""
    connection = http.client.HTTPConnection(urlsplit(world.edge("test")).netloc, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        connection.close()
