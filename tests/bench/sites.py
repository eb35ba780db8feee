"""The generators that are compared: how each wants a corpus laid out, and how it is started."""

import re
import shutil
import subprocess
from corpus import EDIT, ROOT, pages, quoted, slug

HEAD = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="description" content="{summary}">
</head>
<body>
<nav><a href="/">Dansk</a> <a href="/en/">English</a></nav>
<main>
<h1>{title}</h1>
"""
FOOT = "</main>\n</body>\n</html>\n"
ITEM = '<li><a href="{link}">{title}</a></li>\n'
LANGS = ("da", "en")


def template(lang, title, summary, inside):
    """The one page that all peers have, with the slots of a generator's own language."""
    return HEAD.format(lang=lang, title=title, summary=summary) + inside + "\n" + FOOT


class Generator:
    """A generator with one folder per corpus. `lay` fills it; `command` is run in it and writes `out`."""

    name = ""
    # Where the pages are: below the folder, and below the output.
    content, public = "content", "."
    tells_version = "--version"
    # A larger corpus is only measured if the generator is named.
    most = float("inf")

    def __init__(self, program):
        self.program = program

    def version(self):
        said = subprocess.run([*self.program, self.tells_version], capture_output=True, text=True, check=True).stdout
        return re.search(r"\d+(\.\d+)+", said)[0]

    def files(self):
        """What the folder holds beside the pages: paths and texts."""
        return {}

    def path(self, side, name):
        return f"{('', 'en/')[side]}{name}.md"

    def head(self, side, title, summary):
        return f"---\ntitle: {quoted(title)}\ndescription: {quoted(summary)}\nlang: {LANGS[side]}\n---\n"

    def lay(self, folder, count):
        for path, text in self.files().items():
            write(folder / path, text)
        for side, name, title, summary, body in pages(count):
            write(folder / self.content / self.path(side, name), f"{self.head(side, title, summary)}\n{body}")

    def edit(self, folder):
        """Changes one page and its translation; gives the function that takes it back."""
        files = [folder / self.content / self.path(side, slug(0)) for side in (0, 1)]
        before = [file.read_bytes() for file in files]
        for file, text, new in zip(files, before, EDIT):
            file.write_bytes(text + new.encode())
        return lambda: [file.write_bytes(text) for file, text in zip(files, before)]

    def command(self, folder, out):
        raise NotImplementedError


class SiteGen(Generator):
    name, content, public = "site-gen", "content/sider", "public"

    def version(self):
        return subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip() or "unknown"

    def path(self, side, name):
        return f"{name}{('', '.en')[side]}.md"

    def head(self, side, title, summary):
        return f"---\ntitel: {quoted(title)}\nbeskrivelse: {quoted(summary)}\n---\n"

    def lay(self, folder, count):
        shutil.copytree(ROOT / "content", folder / "content")
        # The pages of the corpus promise things that nobody approved.
        (folder / "content/data/loefter.txt").unlink()
        super().lay(folder, count)
        # Otherwise there is a warning about each translation.
        for command in (["compared", "--all"], ["commitments", "--approve"], ["check"]):
            done = subprocess.run([*self.program, *command, "--content", folder / "content"], capture_output=True, text=True, check=False)
            if done.returncode or (command == ["check"] and "emne-" in done.stdout + done.stderr):
                raise SystemExit(f"site-gen finds faults in the corpus:\n{(done.stdout + done.stderr)[:2000]}")

    def command(self, folder, out):
        return [*self.program, "build", "--content", folder / "content", "--out", out]


class Floor(Generator):
    name = "floor"

    def version(self):
        return "-"

    def command(self, folder, out):
        return [*self.program, folder / "content", out]


class Hugo(Generator):
    name, tells_version = "hugo", "version"

    def files(self):
        items = '<ul>\n{{ range %s }}' + ITEM.format(link="{{ .RelPermalink }}", title="{{ .Title }}") + "{{ end }}</ul>"
        slots = ("{{ .Params.lang }}", "{{ .Title }}", "{{ .Description }}")
        return {"hugo.toml": 'baseURL = "https://bench.example/"\ntitle = "Emner"\ndisableKinds = ["taxonomy", "term", "rss"]\n',
                "layouts/page.html": template(*slots, "{{ .Content }}"),
                "layouts/home.html": template(*slots, items % '(where site.RegularPages "Section" "")'),
                "layouts/section.html": template(*slots, items % ".RegularPages"),
                "content/_index.md": self.head(0, "Emner", ""), "content/en/_index.md": self.head(1, "Topics", "")}

    def command(self, folder, out):
        return [*self.program, "build", "--quiet", "--noBuildLock", "--source", folder, "--destination", out, "--cacheDir", out.parent / "cache"]


class Eleventy(Generator):
    name = "eleventy"

    def files(self):
        items = '<ul>\n{%% for page in collections.%s %%}' + ITEM.format(link="{{ page.url }}", title="{{ page.data.title }}") + "{%% endfor %%}</ul>"
        front = '---\npermalink: /%sindex.html\neleventyExcludeFromCollections: true\ntitle: %s\nlang: %s\nlayout: frame.liquid\n---\n'
        return {"eleventy.config.js": "module.exports = (config) => { config.addGlobalData('layout', 'frame.liquid'); };\n",
                "content/_includes/frame.liquid": template("{{ lang }}", "{{ title }}", "{{ description }}", "{{ content }}"),
                "content/content.json": '{"tags": "da"}\n', "content/en/en.json": '{"tags": "en"}\n',
                "content/index.liquid": front % ("", "Emner", "da") + items % "da",
                "content/en/index.liquid": front % ("en/", "Topics", "en") + items % "en"}

    def command(self, folder, out):
        return [*self.program, "--quiet", "--input=content", f"--output={out}", "--config=eleventy.config.js"]


class Cobalt(Generator):
    name, content = "cobalt", "content/posts"
    # It copies the list of all pages for each page, so that its time grows with their square.
    most = 2_000

    def head(self, side, title, summary):
        start = ("", "/en")[side]
        return f"---\ntitle: {quoted(title)}\ndescription: {quoted(summary)}\npermalink: {start}/{{{{slug}}}}/\ndata:\n  lang: {LANGS[side]}\n---\n"

    def files(self):
        def items(lang):
            return ('<ul>\n{% for other in collections.posts.pages %}{% if other.data.lang == "' + lang + '" %}'
                    + ITEM.format(link="/{{ other.permalink }}", title="{{ other.title }}") + "{% endif %}{% endfor %}</ul>")

        front = "---\ntitle: %s\nlayout: frame.liquid\npermalink: %s\ndata:\n  lang: %s\n---\n"
        return {"_cobalt.yml": "source: content\nsite:\n  title: Emner\n  base_url: https://bench.example\n  sitemap: sitemap.xml\n"
                               "posts:\n  dir: posts\n  default:\n    layout: frame.liquid\n",
                "content/_layouts/frame.liquid": template("{{ page.data.lang }}", "{{ page.title }}", "{{ page.description }}", "{{ page.content }}"),
                "content/index.liquid": front % ("Emner", "/", "da") + items("da"),
                "content/en/index.liquid": front % ("Topics", "/en/", "en") + items("en")}

    def command(self, folder, out):
        return [*self.program, "build", "--destination", out]


class Blades(Generator):
    name, tells_version = "blades", "version"

    def head(self, side, title, summary):
        return f'+++\ntitle = {quoted(title)}\nsummary = {quoted(summary)}\nlang = "{LANGS[side]}"\n+++\n'

    def files(self):
        slots = ("{{lang}}", "{{title}}", "{{summary}}")
        items = "<ul>\n{{#pages}}" + ITEM.format(link="{{permalink}}", title="{{title}}") + "{{/pages}}</ul>"
        return {"Blades.toml": 'title = "Emner"\nurl = "https://bench.example"\nimplicit_taxonomies = false\n',
                "templates/page.html": template(*slots, "{{content}}"), "templates/section.html": template(*slots, items),
                "content/index.md": self.head(0, "Emner", ""), "content/en/index.md": self.head(1, "Topics", "")}

    def command(self, folder, out):
        # It writes where its settings say, and beside that a list of what it has written.
        public = folder / "public"
        public.unlink(missing_ok=True)
        public.symlink_to(out)
        return [*self.program, "build"]


GENERATORS = {kind.name: kind for kind in (SiteGen, Floor, Hugo, Blades, Cobalt, Eleventy)}


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
