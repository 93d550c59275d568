"""How much of known damage the repair undoes: restored exactly, abstained or wrong, a mechanism at a time.

    python benchmarks/repair_benchmark.py [--seed 1] [--rounds 3] [--show 5] [mechanism ...]

Clean text is that of the development and held-out documents without damage of their own, never the seeds. A passage is
*restored* when the repaired text reads its clean form (punctuation width folded), *abstained* when it was left as it
stands (its script apart) or marked as lost by U+FFFD, *wrong* otherwise. Of shifted bytes what is not lost must be right.
"""

import argparse
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from unittest.mock import patch

import damage
from damage import Damaged, Passage
from ecomlink_nlp.repair import translation
from ecomlink_nlp.repair.chain import RepairChain, repair
from ecomlink_nlp.repair.script import traditional_to_simplified
from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.text.edits import CONVERSIONS, Alignment, Edit

CLEAN = {
    "dev": ("d05", "d06", "d07", "d09", "d11", "d14"),
    "heldout": ("h05", "h06", "h07", "h08", "h09", "a01", "a02"),
}
LOST = "\N{REPLACEMENT CHARACTER}"


def clean_texts() -> list[str]:
    """Read the texts that are damaged."""
    here = Path(__file__).parent
    return [
        (here / folder / f"{name}.txt").read_text(encoding="utf-8")
        for folder, names in CLEAN.items()
        for name in names
    ]


def fold(text: str) -> str:
    """Fold what is compared: width and script, and typographic quotes."""
    folded = traditional_to_simplified().convert(unicodedata.normalize("NFKC", text))
    return folded.translate(str.maketrans("“”‘’", "\"\"''"))


@cache
def _parties() -> dict[str, str]:
    """Read which party a name means: 豆瓣网 is 豆瓣."""
    return {
        name: row["id"]
        for file in ("parties.tsv", "parties_abroad.tsv", "products.tsv")
        for row in read_tsv(file, ("id", "name", "aliases"))
        for name in (row["name"], *row["aliases"].split("|"))
        if name
    }


def outcome(damaged: Damaged, alignment: Alignment, passage: Passage) -> str:
    """Judge one passage."""
    start, end = alignment.to_text(passage.start, passage.end)
    repaired = alignment.text[start:end]
    if fold(repaired).strip() == fold(passage.clean).strip():
        return "restored"
    if passage.clean in _parties() and _parties().get(repaired) == _parties()[passage.clean]:
        return "restored"
    if LOST in repaired:
        kept = re.escape(fold(repaired)).replace(LOST, ".")
        shifted = damaged.mechanism == "readings"
        return "abstained" if not shifted or re.fullmatch(kept, fold(passage.clean), re.DOTALL) else "wrong"
    before = damaged.text[passage.start : passage.end]
    if fold(repaired) == fold(before):
        return "abstained"
    # A reading removed inside a passage that was left as it is makes it no worse.
    touched = [edit for edit in alignment.repairs() if edit.start < passage.end and edit.end > passage.start]
    harmless = CONVERSIONS | {"pinyin"} if passage.clean else CONVERSIONS
    unread = damaged.mechanism == "readings" and all(edit.kind in harmless for edit in touched)
    return "abstained" if unread else "wrong"


def without_held_back() -> Callable[[str], Alignment]:
    """Return a repair whose lexicon lacks the forms that `damage.brands` holds back."""
    module = sys.modules["ecomlink_nlp.repair.translation.lexicon"]
    by_name = {name: {form.lower() for form in forms} for name, forms in damage.brand_forms(True).items()}
    held_back = set().union(*by_name.values())

    def reduced(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
        rows = read_tsv(name, columns)
        for row in rows:
            if "forms" in row:
                row["forms"] = "|".join(form for form in row["forms"].split("|") if form not in held_back)
            # The senses of the parts of a name stay; what they list for a name as a whole is held back too.
            elif whole := by_name.get(row["id"]):
                row["latin"] = "|".join(form for form in row["latin"].split("|") if form not in whole)
        return rows

    with patch.object(module, "read_tsv", reduced):
        lexicon = module.lexicon.__wrapped__()

    def find_edits(text: str) -> list[Edit]:
        with patch.object(translation, "lexicon", lambda: lexicon):
            return translation.find_edits(text)

    return RepairChain(translator=find_edits).repair


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("mechanisms", nargs="*", choices=[[], *damage.MECHANISMS], default=[])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--show", type=int, default=0, help="how many wrong passages to show")
    options = parser.parse_args()
    texts = clean_texts()
    print(f"{'mechanism':20}{'passages':>9}{'restored':>10}{'abstained':>10}{'wrong':>10}")
    for name in options.mechanisms or damage.MECHANISMS:
        rng = random.Random(f"{options.seed} {name}")
        counts: Counter[tuple[str, str]] = Counter()
        shown = 0
        repair_text = without_held_back() if name == "brands_held_back" else repair
        for text in texts * options.rounds:
            damaged = damage.MECHANISMS[name](text, rng)
            alignment = repair_text(damaged.text)
            for passage in damaged.passages:
                verdict = outcome(damaged, alignment, passage)
                # The generator of readings shifts bytes on the way: two kinds of damage, two lines.
                counts["byte_shift" if name == "readings" and passage.clean else name, verdict] += 1
                if verdict == "wrong" and shown < options.show:
                    shown += 1
                    start, end = alignment.to_text(passage.start, passage.end)
                    before = damaged.text[passage.start : passage.end]
                    print(f"  {before!r} should be {passage.clean!r}, is {alignment.text[start:end]!r}")
        for label in sorted({label for label, _ in counts}):
            outcomes = [counts[label, verdict] for verdict in ("restored", "abstained", "wrong")]
            shares = "".join(f"{count / sum(outcomes):>10.1%}" for count in outcomes)
            print(f"{label:20}{sum(outcomes):>9}{shares}")


if __name__ == "__main__":
    main()
