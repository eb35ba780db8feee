"""The pages of a corpus: Danish ones and their translations, made of sentences.tsv and the names of Danish towns, the same for the same number."""

import csv
import json
import random
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = 114
# Sections are whole, so that a page has some 400.
WORDS = 340
LANGUAGES = ("da", "en")
# What the edit of one page adds to it.
EDIT = "\n\nDenne linje er ny.\n", "\n\nThis line is new.\n"


class Dice:
    """Choices by a seed: of Python's generators only `random()` promises the same numbers in each version."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, number):
        return int(self.random() * number)

    def pick(self, things):
        return things[self.below(len(things))]


@cache
def phrases():
    """Each kind of phrase with its pairs of Danish and English."""
    kinds = {}
    for line in (Path(__file__).parent / "sentences.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, *both = line.split("\t")
            kinds.setdefault(kind, []).append(tuple(both))
    with (ROOT / "content/data/postnumre.csv").open(encoding="utf-8") as file:
        towns = {row["navn"] for row in csv.DictReader(file) if row["postnr"] >= "1000" and row["navn"].isalpha()}
    kinds["town"] = [(town, town) for town in sorted(towns)]
    return kinds


def filled(kind, chosen):
    """One phrase in both languages, its slots filled by `chosen`, a function from a slot to its pair."""
    slots = {slot: chosen(slot) for slot in ("what", "who", "where", "when", "town")}
    return tuple(kind[side].format(**{slot: pair[side] for slot, pair in slots.items()}) for side in (0, 1))


def slug(number):
    return f"emne-{number:06}"


def address(number, side):
    return f"{('', '/en')[side]}/{slug(number)}/"


def head(number):
    """Title and summary of a page, each in both languages. No two pages have the same title."""
    kinds, rest, slots = phrases(), number, {}
    for slot in ("what", "where", "town"):
        rest, place = divmod(rest, len(kinds[slot]))
        slots[slot] = kinds[slot][place]
    return [filled(kinds[kind][0], lambda slot: slots.get(slot, ("", ""))) for kind in ("title", "summary")]


def linked(number, dice, pairs):
    """A sentence with a link to another page."""
    other = dice.below(pairs)
    titles, sentence = head(other)[0], dice.pick(phrases()["link"])
    return tuple(sentence[side].format(page=f"[{titles[side]}]({address(other, side)})") for side in (0, 1))


def body(number, pairs):
    """The Markdown of a page in both languages: paragraphs, headings, lists and links, until the Danish has enough words."""
    dice, kinds = Dice(SEED + number), phrases()
    headings = list(kinds["heading"])

    def sentence():
        return filled(dice.pick(kinds["sentence"]), lambda slot: dice.pick(kinds[slot]))

    def paragraph(sentences, between=" ", start=""):
        both = [sentence() for _ in range(sentences)]
        return tuple(between.join(start + one[side] for one in both) for side in (0, 1))

    blocks = [paragraph(3)]
    while sum(len(block[0].split()) for block in blocks) < WORDS:
        if headings:
            heading = headings.pop(dice.below(len(headings)))
            blocks.append(tuple(f"## {words}" for words in heading))
        blocks.append(paragraph(3 + dice.below(3)))
        blocks.append(dice.pick((paragraph(4, "\n", "- "), paragraph(3, "\n", "1. "), paragraph(4))))
        blocks.append(linked(number, dice, pairs))
    return tuple("\n\n".join(block[side] for block in blocks) + "\n" for side in (0, 1))


def pages(count):
    """Each page as side (0 Danish, 1 English), slug, title, summary and Markdown; `count` of them, half in each language."""
    pairs = count // 2
    for number in range(pairs):
        titles, summaries = head(number)
        bodies = body(number, pairs)
        for side in (0, 1):
            yield side, slug(number), titles[side], summaries[side], bodies[side]


def quoted(text):
    """A value of YAML and of TOML."""
    return json.dumps(text, ensure_ascii=False)
