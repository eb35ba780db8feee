"""Counts in which texts of these lists each word stands, and writes the lists of words for [uro] and [ro] anew.

python3 tests/danger/weigh.py           all lists
python3 tests/danger/weigh.py NAME OUT  all lists but NAME, written to OUT: what the weights are worth on sentences that they do not know
"""

import collections
import math
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
RULES = HERE / "../../content/ord/fareord.txt"
# A word that stands in fewer sentences weighs nothing.
FEWEST = 3
# How much likelier a word is in one kind of text for each unit that it weighs: the logarithm.
UNIT = 0.8
MOST = 3
HEAD = "# Ord, der står oftere i tekster om fare end i andre, eller omvendt, talt op i tests/danger af weigh.py."
NAMES = {3: "størst uro", 2: "stor uro", 1: "uro", -3: "størst ro", -2: "stor ro", -1: "ro"}


def key(word):
    word = word.replace("oe", "o").replace("ø", "o").replace("æ", "a").replace("å", "a")
    return word.replace("ae", "a").replace("aa", "a")


def weights(without):
    kinds = {"danger": collections.Counter(), "harmless": collections.Counter()}
    texts = collections.Counter()
    spellings = collections.defaultdict(collections.Counter)
    for path in sorted(HERE.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines() if path.stem != without else []:
            kind, _, sentence = line.partition("\t")
            if kind in kinds:
                words = re.findall(r"\w+(?:['’]\w+)*", sentence.lower())
                kinds[kind].update({key(word) for word in words})
                texts[kind] += 1
                for word in words:
                    spellings[key(word)][word] += 6 if re.search("[æøå]", word) else 1
    weighed = collections.defaultdict(list)
    for word in sorted(set(kinds["danger"]) | set(kinds["harmless"])):
        if kinds["danger"][word] + kinds["harmless"][word] >= FEWEST and not word.isdigit():
            share = {kind: (count[word] + 0.7) / (texts[kind] + 1.4) for kind, count in kinds.items()}
            weight = round(math.log(share["danger"] / share["harmless"]) / UNIT)
            weighed[max(-MOST, min(MOST, weight))].append(spellings[word].most_common(1)[0][0])
    return weighed


def main():
    without, out = sys.argv[1:] or (None, RULES)
    weighed = weights(without)
    lines = [f"{HEAD} Et ord tæller én gang for hver liste, det står på."]
    for sign in (1, -1):
        for size in (3, 2, 1):
            heavier = [f"<{NAMES[sign * (size + 1)]}>"] if size < MOST else []
            lines.append(f"{NAMES[sign * size]}: {', '.join(heavier + weighed[sign * size])}")
    text = RULES.read_text(encoding="utf-8")
    start = text.index("# Ord, der står oftere i tekster om fare")
    end = text.index("\n\n", start)
    pathlib.Path(out).write_text(text[:start] + "\n".join(lines) + text[end:], encoding="utf-8")


main()
