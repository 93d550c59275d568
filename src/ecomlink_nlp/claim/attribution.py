"""Whose word it is: the source of what events and metrics claim inside reported words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.claim.discourse import Discourse
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.document import Argument, StatementClaim

_ORGANISATION = frozenset({"PLATFORM", "ORG", "PRODUCT"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of text with the one who vouches for it; ``statement`` where it was said rather than reported."""

    start: int
    end: int
    source: Argument
    statement: StatementClaim | None = None


@dataclass(frozen=True, slots=True)
class _Patterns:
    reports: re.Pattern[str]
    estimates: re.Pattern[str]
    again: re.Pattern[str]
    rumours: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = read_toml("speech.toml")["sources"]
    return _Patterns(*(re.compile(data[key]) for key in ("reports", "estimates", "again", "rumours")))


def find_attributions(discourse: Discourse, statements: Sequence[StatementClaim]) -> list[Attribution]:
    """Return the attributions of a document: every statement's words, and what reports, institutes and rumours say."""
    found = [
        Attribution(*claim.quote, Argument("source", claim.speaker, how=claim.arguments[0].how), claim)
        for claim in statements
    ]
    found += _sources(discourse)
    return sorted(found, key=lambda a: (a.start, -a.end))


def _sources(discourse: Discourse) -> list[Attribution]:
    text, patterns = discourse.text, _patterns()
    found: list[Attribution] = []
    last: Argument | None = None
    for start, end in discourse.document.sentences:
        for pattern in (patterns.reports, patterns.estimates):
            for match in pattern.finditer(text, start, end):
                if patterns.again.match(match[0]):
                    source = last
                else:
                    source = _named(discourse, match.start("x"), match.end("x"))
                if source is not None:
                    last = source
                    found.append(Attribution(match.end(), end, source))
        for match in patterns.rumours.finditer(text, start, end):
            if match.start() == start or text[match.start() - 1] in "，,。；;有：:年春夏秋冬季月日":
                name = match["name"]
                found.append(
                    Attribution(match.end(), end, Argument("source", name, match.start(), match.end()))
                )
    return found


def _named(discourse: Discourse, start: int, end: int) -> Argument | None:
    """The organisation that a report belongs to: the last name in its words, or the one that they refer to."""
    clause = discourse.clause_at(max(start, end - 1))
    names = [e for e in clause.entities if start <= e.start and e.end <= end and e.type in _ORGANISATION]
    if names:
        return Argument("source", names[-1].name, names[-1].start, names[-1].end)
    for mention in clause.mentions:
        if start <= mention.start < end and mention.kind in {"topic", "authority"}:
            resolved = discourse.resolve(mention)
            if resolved:
                return Argument("source", resolved[0].name, resolved[0].start, resolved[0].end, "anaphor")
    return None
