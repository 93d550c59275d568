"""Mojibake: bytes that were cut, shifted or decoded by the wrong code.

Three causes, each undone by its own means: passages of GBK read one byte off (`byteshift`), the quotation marks and
tags that the same shift broke (``data/shifted_markup.tsv``), and whole passages decoded by the wrong code
(`misdecoding`). Where no reading is sure the text stays as it is; what is known to be lost is U+FFFD in the repaired
text. Undamaged text pays for a few searches only.
"""

import re
from collections.abc import Iterator
from functools import cache

from ecomlink_nlp.repair import byteshift, glosses, misdecoding
from ecomlink_nlp.repair.language import LanguageModel
from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.text.edits import Edit

_TAG = r"(?:p|strong|b|em|i|span|div|a|li|h[1-6]|section|blockquote|td|font|u)>"
_HALF_WIDTH = str.maketrans("，：；！？（）", ",:;!?()")
_PARAGRAPH = 400
_MOST_PASSAGES = 10
_CHARACTERS_A_PASSAGE = 100


def find_edits(text: str) -> list[Edit]:
    """Return the edits that undo mojibake, of the kinds ``mojibake`` and ``markup``; sorted and disjoint.

    >>> text = "要流量,現(xiàn)在“能做電商?!?/strong>面也可以因?yàn)橐粋€(gè)小小"
    >>> [(e.before, e.after, e.kind) for e in find_edits(text)]
    [('?!?/strong>', '。”', 'markup'), ('?yàn)橐粋€', '為一個', 'mojibake')]
    """
    edits = [*_shifted_passages(text), *_shifted_markup(text), *misdecoding.find_edits(text)]
    edits.sort(key=lambda edit: (edit.start, -edit.end))
    result: list[Edit] = []
    for edit in edits:
        if not result or edit.start >= result[-1].end:
            result.append(edit)
    return result


def _shifted_passages(text: str) -> Iterator[Edit]:
    trigger = byteshift.TRIGGER.search(text)
    # The readings are the cause of the shift: where none stands, none shifted anything.
    if trigger is None or not glosses.find_edits(text):
        return
    # So dense they are something else, and each costs a search.
    if sum(1 for _ in byteshift.TRIGGER.finditer(text)) > _MOST_PASSAGES + len(text) // _CHARACTERS_A_PASSAGE:
        return
    model = LanguageModel(text)
    folded = _is_half_width(text)
    while trigger is not None:
        recovery = byteshift.recover(text, trigger, model)
        position = trigger.end()
        if recovery is not None:
            start, position = recovery.start, recovery.end
            clean = recovery.clean.translate(_HALF_WIDTH) if folded else recovery.clean
            yield Edit(start, position, text[start:position], clean, "mojibake", "byte_shift", recovery.score)
        trigger = byteshift.TRIGGER.search(text, position)


def _is_half_width(text: str) -> bool:
    return text.count(",") > text.count("，")


def _shifted_markup(text: str) -> Iterator[Edit]:
    pattern, rows = _remains()
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - _PARAGRAPH) : match.start()].rpartition("\n")[2]
        for row in rows.get(match.group(1), ()):
            opened, closed = row["opened"], row["clean"][-1]
            if before.rfind(opened) > before.rfind(closed):
                clean = row["clean"]
                yield Edit(match.start(), match.end(), match.group(), clean, "markup", row["id"], 0.95)
                break


@cache
def _remains() -> tuple[re.Pattern[str], dict[str, list[dict[str, str]]]]:
    rows: dict[str, list[dict[str, str]]] = {}
    for row in read_tsv("shifted_markup.tsv", ("id", "seen", "clean", "opened")):
        rows.setdefault(row["seen"], []).append(row)
    seen = "|".join(map(re.escape, rows))
    return re.compile(rf"({seen}){_TAG}"), rows
