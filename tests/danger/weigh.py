"""Learns from these lists and from the sentences beside the rules what words weigh, and writes [vægt] in content/ord/fareord.txt anew.

python3 tests/danger/weigh.py            all lists
python3 tests/danger/weigh.py OUT NAME…  all lists but those named, written to OUT: what the weights are worth on sentences that they do not know

A logistic regression over words, beginnings of words, and pairs of words. What matters least is left out, and what is left is
learnt anew and rounded. The same lists give the same weights.
"""

import collections
import math
import pathlib
import random
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).parent
RULES = HERE / "../../content/ord/fareord.txt"
LETTERS = str.maketrans("äöłıйїةى", "æøliииهي")
# How many letters a beginning has.
BEGINNINGS = (4, 5, 6)
# What stands in fewer sentences weighs nothing.
FEWEST = 2
# How many words, beginnings and pairs weigh something.
MOST = 3000
# What a weight of one is in logarithms of odds, as one over it.
SCALE = 5
# The sections of rules whose sentences are learnt from too.
TOLD = {"altid fare": "danger", "fare": "danger", "måske fare": "danger", "nu": "danger"}
TOLD |= dict.fromkeys(("hverdag", "ikke fare", "længe siden", "benægtelse", "talemåde"), "harmless")
ROUNDS = 40
RATE = 0.3


def folded(word):
    """As model/src/danger/fold.rs folds a word."""
    word = unicodedata.normalize("NFC", word.lower()).replace("ß", "ss").translate(LETTERS)
    bare = "".join(c if c in "æøå" else unicodedata.normalize("NFD", c)[0] for c in word)
    return re.sub("['’‘ʼ`´\u0300-\u036f\u064b-\u0652\u0640]", "", bare)


def loose(word):
    for written, typed in (("oe", "o"), ("ø", "o"), ("æ", "a"), ("å", "a"), ("ae", "a"), ("aa", "a")):
        word = word.replace(written, typed)
    return word


def words(sentence):
    """The words of each part of a text that ends in a full stop."""
    for part in re.split(r"[.!?;؟…]", sentence):
        yield [folded(word) for word in re.findall(r"[^\W_]+(?:['’ʼ][^\W_]+)*", part)]


def features(sentence):
    found = collections.Counter()
    for part in words(sentence):
        for word in part:
            found[word] += 1
            for letters in BEGINNINGS:
                if len(word) >= letters:
                    found[f"{word[:letters]}*"] += 1
        for pair in zip(part, part[1:]):
            found[" ".join(pair)] += 1
    return found


def spelt(found, spellings):
    """As a word without æ, ø and å may be any that is typed so."""
    told = collections.Counter()
    for feature, times in found.items():
        typed = not re.search("[æøå]", feature)
        for spelling in spellings.get(feature, ()) if typed else (feature,):
            told[spelling] += times
    return told


def learnt(texts, known):
    """Weights that tell dangers from others."""
    weight, pace = dict.fromkeys(known, 0.0), dict.fromkeys(known, 1e-6)
    rows = [([(f, n) for f, n in sorted(found.items()) if f in weight], kind) for found, kind in texts]
    shrink = {f: 1 / n for f, n in known.items()}
    chance = random.Random(1)
    for _ in range(ROUNDS):
        chance.shuffle(rows)
        for found, kind in rows:
            sure = 1 / (1 + math.exp(-max(-30, min(30, sum(weight[f] * n for f, n in found)))))
            for f, n in found:
                slope = (sure - kind) * n + weight[f] * shrink[f]
                pace[f] += slope * slope
                weight[f] -= RATE * slope / math.sqrt(pace[f])
    return weight


def rows_of(path):
    rows = [line.split("\t", 1) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(row[0], row[1]) for row in rows if row[0] in ("danger", "harmless")]


def rules_told():
    """The sentences beside the rules."""
    rows, kind = [], None
    for line in RULES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = TOLD.get(line.strip("[]"))
        elif kind and "|" in line and not line.startswith("#"):
            rows.append((kind, line.split("|", 1)[1].strip()))
    return rows


def weights(lists):
    rows = [row for path in lists for row in rows_of(path)] + rules_told()
    texts = [(features(sentence), kind == "danger") for kind, sentence in rows]
    spellings = collections.defaultdict(set)
    for found, _ in texts:
        for feature in found:
            spellings[loose(feature)].add(feature)
    texts = [(spelt(found, spellings), kind) for found, kind in texts]
    # Of those that stand in the same sentences, one is enough.
    places = collections.defaultdict(list)
    for at, (found, _) in enumerate(texts):
        for feature in found:
            places[feature].append(at)
    known, taken = {}, set()
    for feature in sorted(places, key=lambda f: (" " in f, "*" not in f, len(f), f)):
        at = tuple(places[feature])
        if len(at) >= FEWEST and at not in taken and not feature.replace(" ", "").isdigit():
            taken.add(at)
            known[feature] = len(at)
    weight = learnt(texts, known)
    matter = sorted(known, key=lambda f: (-abs(weight[f]) * math.sqrt(known[f]), f))[:MOST]
    weight = learnt(texts, {f: known[f] for f in matter})
    return {f: round(w * SCALE) for f, w in weight.items() if round(w * SCALE)}


def section(weighed):
    by_weight = collections.defaultdict(list)
    for feature, weight in weighed.items():
        by_weight[weight].append(feature)
    return "".join(f"{weight:+}: {', '.join(sorted(by_weight[weight]))}\n" for weight in sorted(by_weight, reverse=True))


def main():
    out, without = (sys.argv[1], sys.argv[2:]) if sys.argv[1:] else (RULES, [])
    lists = [path for path in sorted(HERE.glob("*.tsv")) if path.stem not in without]
    text = RULES.read_text(encoding="utf-8")
    head = text.index("[vægt]\n") + len("[vægt]\n")
    pathlib.Path(out).write_text(text[:head] + section(weights(lists)), encoding="utf-8")


if __name__ == "__main__":
    main()
