"""Which clauses may hold a name that no list and no pattern knows: few, since the tagger is the slowest stage."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.tag.entities.name_words import alternatives, words
from ecomlink_nlp.tag.entities.persons import surnames
from ecomlink_nlp.text.sentences import clause_spans

_HAN = "[\u4e00-\u9fff]"


@cache
def listed(name: str) -> str:
    """Return the list ``name`` of ``data/open_names.toml`` as alternatives, longest first."""
    return alternatives(read_toml("open_names.toml")["words"][name])


@cache
def listed_words(name: str) -> frozenset[str]:
    """Return the list ``name`` of ``data/open_names.toml`` as a set."""
    return frozenset(read_toml("open_names.toml")["words"][name].split())


@cache
def after_person() -> re.Pattern[str]:
    """What may follow a person's name that nothing else shows: a verb of saying, an adverb, punctuation aside."""
    return re.compile(f"{words('strong_say').pattern}|{listed('person_after')}")


@cache
def before_person() -> re.Pattern[str]:
    """What may precede such a name, up to its end: a role."""
    return re.compile(f"(?:{words('role').pattern}|{listed('person_before')})$")


@cache
def organisation_end() -> re.Pattern[str]:
    """The last word of an organisation's name."""
    heads = "|".join((words("org_head").pattern, words("weak_org_head").pattern, listed("org_suffix")))
    return re.compile(f"(?:{heads})$")


@cache
def _cues() -> re.Pattern[str]:
    """One pattern for all cues; its group ``name`` is where the name would be."""
    surname = f"[{''.join(sorted(surnames().single))}]"
    heads = "|".join((words("org_head").pattern, listed("org_suffix")))
    return re.compile(
        f"(?:{words('role').pattern}|{listed('person_before')})(?P<a>{surname}{_HAN})"
        f"|(?P<b>{surname}{_HAN}{{1,2}})(?:{after_person().pattern})"
        f"|(?:{listed('place_before')})(?P<c>{_HAN}{{2}})"
        f"|(?P<d>{_HAN}{{2}})(?:{listed('place_after')})"
        f"|(?P<e>{_HAN}{{2}})(?:{heads})"
    )


def doubtful_clauses(
    text: str, sentences: Sequence[tuple[int, int]], covered: Sequence[int]
) -> list[tuple[int, int]]:
    """Return those clauses of ``sentences`` with a cue whose name would stand in characters that ``covered`` leaves free.

    >>> text = "销量增长。店主秦牧野说不急,照旧发货。"
    >>> doubtful_clauses(text, [(0, 5), (5, 19)], bytes(19))
    [(5, 14)]
    """
    places = [
        match.start()
        for match in _cues().finditer(text)
        if not any(covered[slice(*match.span(match.lastgroup or 0))])
    ]
    clauses: list[tuple[int, int]] = []
    for start, end in sentences:
        low, high = bisect_left(places, start), bisect_left(places, end)
        if low < high:
            clauses.extend(
                (left, right)
                for left, right in clause_spans(text, start, end)
                if bisect_left(places, left, low, high) < bisect_left(places, right, low, high)
            )
    return clauses
