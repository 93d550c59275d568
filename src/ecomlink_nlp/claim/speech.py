"""The words of saying, compiled: verbs, nouns, documents, and what tells them from other words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.resources import read_toml


@dataclass(frozen=True, slots=True)
class Speech:
    """``speech.toml`` as patterns; its comments say what each list means."""

    verb: re.Pattern[str]
    announce: frozenset[str]
    estimate: frozenset[str]
    bare: frozenset[str]
    weak: frozenset[str]
    hearer: frozenset[str]
    marked: frozenset[str]
    not_before: re.Pattern[str]
    not_behind: re.Pattern[str]
    ahead: re.Pattern[str]
    again: re.Pattern[str]
    first: re.Pattern[str]
    noun: re.Pattern[str]
    noun_behind: re.Pattern[str]
    document: re.Pattern[str]
    document_noun: re.Pattern[str]
    sources: frozenset[str]
    answer: re.Pattern[str]
    nobody: re.Pattern[str]
    hearsay: re.Pattern[str]
    narrator: re.Pattern[str]
    contrast: re.Pattern[str]
    hypothetical: re.Pattern[str]
    subordinate: re.Pattern[str]
    clause: re.Pattern[str]
    later: re.Pattern[str]
    outcome: re.Pattern[str]
    viewed: re.Pattern[str]
    relayed: re.Pattern[str]
    identified: re.Pattern[str]
    gesture: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(set(words), key=len, reverse=True))


@cache
def speech() -> Speech:
    """Return the words of saying.

    >>> bool(speech().verb.match("透露")), bool(speech().not_before.search("所谓的简称"))
    (True, True)
    """
    data = read_toml("speech.toml")
    verbs, speakers, reported = data["verbs"], data["speakers"], data["reported"]
    words = _any([*verbs["report"], *verbs["announce"], *verbs["estimate"]])
    joining = _any(reported["joining"])
    between, nouns = _any(verbs["between"]), _any(speakers["nouns"])
    return Speech(
        verb=re.compile(f"(?P<verb>{words})(?:{between})*(?:得[^，,。：:“「]{{1,6}}(?=[：:]))?"),
        announce=frozenset(verbs["announce"]),
        estimate=frozenset(verbs["estimate"]),
        bare=frozenset(verbs["bare"]),
        weak=frozenset(verbs["weak"]),
        hearer=frozenset(verbs["hearer"]),
        marked=frozenset(verbs["marked"]),
        not_before=re.compile(data["not_verbs"]["before"]),
        not_behind=re.compile(data["not_verbs"]["behind"]),
        ahead=re.compile(data["not_verbs"]["ahead"]),
        again=re.compile(
            f"(?:(?:[她他它]|该公司|这家公司)(?:{joining})*|(?:{joining})+)(?:{_any({*verbs['bare'], '否认'})})"
        ),
        first=re.compile(f"(?:{_any(reported['joining'])})*(?:{_any(verbs['bare'])})(?:{between})*[，,：:]?"),
        noun=re.compile(f"(?P<noun>{nouns})(?:{_any(speakers['noun_links'])})*[：:,，]?"),
        noun_behind=re.compile(f"(?:{nouns})(?:{_any(speakers['noun_links'])})"),
        document=re.compile(f"(?:{speakers['documents']})(?=[：:]|[，,](?:自|从|即日起|将))"),
        document_noun=re.compile(speakers["document_nouns"]),
        sources=frozenset(speakers["sources"]),
        answer=re.compile(reported["answer"]),
        nobody=re.compile(reported["nobody"]),
        hearsay=re.compile(f"(?:{_any(reported['hearsay'])})$"),
        narrator=re.compile(reported["narrator"]),
        contrast=re.compile(reported["contrast"]),
        hypothetical=re.compile(reported["hypothetical"]),
        subordinate=re.compile(reported["subordinate"]),
        clause=re.compile(reported["clause"]),
        later=re.compile(reported["later"]),
        outcome=re.compile(reported["outcome"]),
        viewed=re.compile(reported["viewed"]),
        relayed=re.compile(reported["relayed"]),
        identified=re.compile(reported["identified"]),
        gesture=re.compile(speakers["gestures"]),
    )
