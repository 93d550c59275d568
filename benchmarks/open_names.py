"""What the neural tagger adds: persons, places and organisations on the development documents, by kind.

    python benchmarks/open_names.py [--misses]

The documents are read as their gold repairs them. Two knowledge bases: *full*, the packaged one, and *blank*, without any row of a
person, place or organisation, which shows how names fare that nobody listed. For each, the entities without and with
the tagger, exact spans and types; and the share of the text that the tagger is given, with the time for it.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

from ecomlink_nlp.score.oracle import document_from_gold
from ecomlink_nlp.tag.entities import Gazetteer, gazetteer
from ecomlink_nlp.tag.entities.parties import shipped_parties
from ecomlink_nlp.tag.neural import tag_names, with_open_names
from ecomlink_nlp.tag.neural.cues import doubtful_clauses
from ecomlink_nlp.text.document import Document, Entity

DEV = Path(__file__).parent / "dev"
KINDS = ("PERSON", "LOC", "ORG")
Span = tuple[int, int, str]


def documents() -> Iterator[Document]:
    """The development documents with their gold annotations."""
    for path in sorted(DEV.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        yield document_from_gold(path.with_suffix(".txt").read_text(encoding="utf-8"), gold)


def blank() -> Gazetteer:
    """A gazetteer without the rows of open classes."""
    rows = [party for party in shipped_parties() if party.type not in KINDS]
    ids = {party.id for party in rows}
    orphans = [replace(party, parent=party.parent if party.parent in ids else None) for party in rows]
    with patch.object(gazetteer, "shipped_parties", lambda: orphans):
        return Gazetteer()


def spans(entities: list[Entity]) -> set[Span]:
    """What is compared."""
    return {(entity.start, entity.end, entity.type) for entity in entities}


def is_listed(base: Gazetteer, name: str) -> bool:
    """Whether ``name`` stands in the knowledge base."""
    return base.lookup(name) is not None


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", action="store_true", help="also print what the tagger adds")
    show = parser.parse_args().misses
    texts = list(documents())
    # Loading is no part of the time.
    tag_names([document.text[:200] for document in texts])
    print(
        f"{'base':6}{'kind':8}{'gold':>5} | {'P':>6}{'R':>6} without | {'P':>6}{'R':>6} with | added right/wrong"
    )
    for label, base in (("full", Gazetteer.default()), ("blank", blank())):
        counts: Counter[tuple[str, str]] = Counter()
        seconds, read = 0.0, 0
        known = partial(is_listed, base)
        for document in texts:
            text, gold = document.text, spans(document.entities)
            before = base.find_entities(text)
            begin = time.process_time()
            after = with_open_names(text, document.sentences, before, known)
            seconds += time.process_time() - begin
            covered = bytearray(len(text))
            for entity in before:
                covered[entity.start : entity.end] = b"\1" * (entity.end - entity.start)
            read += sum(end - start for start, end in doubtful_clauses(text, document.sentences, covered))
            for name, found in (("gold", gold), ("without", spans(before)), ("with", spans(after))):
                for span in found:
                    counts[span[2], name] += 1
                    counts[span[2], f"{name} right"] += span in gold
            if show:
                for start, end, kind in sorted(spans(after) - spans(before)):
                    mark = "+" if (start, end, kind) in gold else "-"
                    around = f"{text[max(0, start - 6) : start]}[{text[start:end]}]{text[end : end + 6]}"
                    print(f"  {mark} {kind} {around!r}")
        for kind in KINDS:
            c = {
                name: counts[kind, name]
                for name in ("gold", "without", "without right", "with", "with right")
            }
            ratios = [
                c[f"{name} right"] / max(1, c[total])
                for name in ("without", "with")
                for total in (name, "gold")
            ]
            right = c["with right"] - c["without right"]
            print(
                f"{label:6}{kind:8}{c['gold']:5} | {ratios[0]:6.3f}{ratios[1]:6.3f}         | "
                f"{ratios[2]:6.3f}{ratios[3]:6.3f}      | {right}/{c['with'] - c['without'] - right}"
            )
        length = sum(len(document.text) for document in texts)
        print(
            f"{label}: tagger read {read / length:.1%} of the text; {seconds / length * 1e6:.1f} µs a character\n"
        )


if __name__ == "__main__":
    main()
