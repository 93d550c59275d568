"""Puts back a plus sign that was lost to a space: 社交 电商 was 社交+电商, 1 1>2 was 1+1>2."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.edits import Edit

_HAN = "\u4e00-\u9fff"
# What stands before is asked behind the space, so that `re` looks for the space first.
_GAP = re.compile(rf" (?<=[{_HAN}] )(?=[{_HAN}])")
_KEPT_PLUS = re.compile(rf"[{_HAN}]\s?[+＋]\s?[{_HAN}]")
_ALONE = re.compile(rf"[“‘「][{_HAN}]{{2,4}}(?P<gap> )[{_HAN}]{{2,4}}[”’」]")
# Three words of a formula: 平台 主播 版权方. The last one has no end that can be seen.
_CHAIN = re.compile(rf"(?P<first> )(?<=[{_HAN}] )[{_HAN}]{{2,4}}(?P<second> )(?=[{_HAN}])")
_RUNNING = re.compile(r"[，。,！？!?；;“”、]")
# A line with more gaps is a table, a menu or a list of names, not a formula.
_MAX_GAPS = 4
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class PlusRules:
    """The terms around a plus, what makes a formula, and the forms of numbers."""

    terms: frozenset[str]
    head: re.Pattern[str]
    formulas: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _rules() -> PlusRules:
    data = read_toml("lost_plus.toml")
    return PlusRules(
        frozenset(data["plus"]["terms"]),
        re.compile("|".join(data["plus"]["heads"])),
        tuple((row["id"], re.compile(row["pattern"])) for row in data["formulas"]),
    )


def find_edits(text: str) -> list[Edit]:
    """Return the spaces that were plus signs.

    A gap counts where a term of the trade ends before it and another begins after it, in running text; or where
    one side is such a term and the whole stands alone in quotation marks or before a word like 模式.

    >>> [(edit.start, edit.after) for edit in find_edits("社交电商不等于社交 电商,做到1 1>2很难。")]
    [(9, '+'), (16, '+')]
    >>> find_edits("记者 周宁 报道")
    []
    """
    if " " not in text:
        return []
    rules = _rules()
    edits = [
        Edit(*match.span("gap"), " ", "+", "lost_char", name, 0.95)
        for name, pattern in rules.formulas
        for match in pattern.finditer(text)
    ]
    if not (("+" in text or "＋" in text) and _KEPT_PLUS.search(text)):
        edits += _between_terms(text, rules)
        if edits:
            edits += _like_the_others(text, {edit.start for edit in edits})
    return sorted({edit.start: edit for edit in edits}.values(), key=lambda edit: edit.start)


def _between_terms(text: str, rules: PlusRules) -> list[Edit]:
    """Gaps between two terms."""
    edits: list[Edit] = []
    gaps_in_line: dict[int, bool] = {}
    for match in _GAP.finditer(text):
        start = match.start()
        line = text.rfind("\n", 0, start) + 1
        if line not in gaps_in_line:
            stop = text.find("\n", start)
            content = text[line : stop if stop >= 0 else len(text)]
            gaps_in_line[line] = bool(_RUNNING.search(content)) and len(_GAP.findall(content)) <= _MAX_GAPS
        if not gaps_in_line[line]:
            continue
        left = _term_before(text, start, rules.terms)
        right = _term_after(text, match.end(), rules.terms)
        if left and right:
            edits.append(Edit(*match.span(), " ", "+", "lost_char", "plus_between_terms", 0.9))
        elif (left or right) and _is_formula(text, start, rules):
            edits.append(Edit(*match.span(), " ", "+", "lost_char", "plus_in_formula", 0.75))
    return edits


def _like_the_others(text: str, found: set[int]) -> Iterator[Edit]:
    """The gaps of a text that lost a plus elsewhere: alone in quotation marks, or in one chain with a found one."""
    for match in _ALONE.finditer(text):
        if match.start("gap") not in found:
            yield Edit(*match.span("gap"), " ", "+", "lost_char", "plus_in_quotes", 0.75)
    for match in _CHAIN.finditer(text):
        gaps = [match.start(group) for group in ("first", "second")]
        if len(found.intersection(gaps)) == 1:
            start = next(gap for gap in gaps if gap not in found)
            yield Edit(start, start + 1, " ", "+", "lost_char", "plus_in_chain", 0.75)


def _term_before(text: str, end: int, terms: frozenset[str]) -> str:
    return next((t for n in range(_LONGEST, 1, -1) if (t := text[max(0, end - n) : end]) in terms), "")


def _term_after(text: str, start: int, terms: frozenset[str]) -> str:
    return next((t for n in range(_LONGEST, 1, -1) if (t := text[start : start + n]) in terms), "")


def _is_formula(text: str, gap: int, rules: PlusRules) -> bool:
    """True where both sides are short and the whole is quoted or followed by a word like 模式."""
    left = re.search(rf"[“‘]([{_HAN}]{{2,6}}(?: [{_HAN}]{{2,6}})*)$", text[max(0, gap - 24) : gap])
    right = re.match(rf"((?: [{_HAN}]{{2,6}})+?)(?P<close>[”’])", text[gap : gap + 24])
    if left and right:
        return True
    quoted_head = re.match(rf" [{_HAN}]{{2,4}}?(?:{rules.head.pattern})", text[gap : gap + 16])
    return bool(left and quoted_head)
