"""Whose word it is: the source of what events and metrics claim inside reported words.

A statement's speaker vouches for its words. Beside statements, reports (某公司财报显示), institutes (据某机构统计), papers
(据某报报道), rumours (市场传出) and observers (有网友发现) vouch for the rest of their sentence.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from operator import itemgetter

from ecomlink_nlp.claim.discourse import Discourse
from ecomlink_nlp.claim.speaker_roles import entities_between
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.document import Argument, StatementClaim
from ecomlink_nlp.text.light import light_dataclass

_ORGANISATION = frozenset({"PLATFORM", "ORG", "PRODUCT"})
_REFERRING = frozenset({"topic", "authority", "platform", "generic"})
_MAX_LENGTH = 5000  # characters: no attribution is longer
_FILLER = re.compile("曾|一度|也|又|再度|还")
_REPORTS = ("reports", "estimates", "news", "guidance")
_HEARSAY = ("rumours", "observers")


@light_dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of text with the one who vouches for it; ``statement`` where it was said rather than reported."""

    start: int
    end: int
    source: Argument
    statement: StatementClaim | None = None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of sources; ``reports core`` is what every match of ``reports`` holds."""
    patterns: dict[str, re.Pattern[str]] = {}
    for key, row in read_toml("speech.toml")["sources"].items():
        if isinstance(row, str):
            patterns[key] = re.compile(row)
        else:
            patterns[key] = re.compile(row["pattern"].replace("{core}", row["core"]))
            patterns[f"{key} core"] = re.compile(row["core"])
    return patterns


def find_attributions(discourse: Discourse, statements: Sequence[StatementClaim]) -> list[Attribution]:
    """Return the attributions of a document by place: statements' words, and what reports and rumours say."""
    found: list[Attribution] = []
    for claim in statements:
        source = Argument("source", claim.speaker, how=claim.arguments[0].how)
        spans = [claim.quote]
        # Evidence that holds none of the quoted words repeats them in others.
        spans += [
            span for span in claim.evidence[1:] if span[1] <= claim.quote[0] or claim.quote[1] <= span[0]
        ]
        found += [
            Attribution(start, end, source, claim) for start, end in spans if end - start <= _MAX_LENGTH
        ]
    found += _sources(discourse)
    return sorted(found, key=lambda a: (a.start, -a.end))


def innermost_source(attributions: Sequence[Attribution], offset: int) -> Argument | None:
    """Return the source of the shortest of the sorted ``attributions`` around ``offset``; None where nobody is named.

    >>> outer, inner = Argument("source", "报道"), Argument("source", "快手")
    >>> innermost_source([Attribution(0, 20, outer), Attribution(5, 12, inner)], 6).name
    '快手'
    """
    best: Attribution | None = None
    index = bisect_right(attributions, offset, key=lambda a: a.start) - 1
    while index >= 0 and attributions[index].start >= offset - _MAX_LENGTH:
        candidate = attributions[index]
        if offset < candidate.end and (
            best is None or candidate.end - candidate.start < best.end - best.start
        ):
            best = candidate
        index -= 1
    return best.source if best else None


def _sources(discourse: Discourse) -> Iterator[Attribution]:
    text, patterns = discourse.text, _patterns()
    last: Argument | None = None
    for (start, end), keys in _sentences_with_sources(discourse):
        for key in _REPORTS:
            if key not in keys:
                continue
            for match in patterns[key].finditer(text, start, end):
                named = last if patterns["again"].match(match[0]) else _named(discourse, match)
                if named is not None:
                    last = named
                    yield Attribution(match.end(), end, named)
        for key in _HEARSAY:
            if key not in keys:
                continue
            for match in patterns[key].finditer(text, start, end):
                name = _FILLER.sub("", match["name"])
                source = Argument("source", name, match.start("name"), match.end("name"), "described")
                yield Attribution(match.end(), end, source)


def _sentences_with_sources(discourse: Discourse) -> Iterator[tuple[tuple[int, int], set[str]]]:
    """The sentences in which sources can stand, in order, with the patterns to try: most sentences have none."""
    text, patterns, sentences = discourse.text, _patterns(), discourse.document.sentences
    keys: dict[int, set[str]] = {}
    for key in (*_REPORTS, *_HEARSAY):
        for match in patterns.get(f"{key} core", patterns[key]).finditer(text):
            # Cores hold no punctuation that ends a sentence, so each lies in one.
            index = bisect_right(sentences, match.start(), key=itemgetter(0)) - 1
            keys.setdefault(index, set()).add(key)
    for index in sorted(keys):
        yield sentences[index], keys[index]


def _named(discourse: Discourse, match: re.Match[str]) -> Argument | None:
    """The organisation whose report it is: the last one named in its words, or the one that they refer to."""
    clause = discourse.clause_at(match.start())
    names = [
        entity
        for entity in entities_between(discourse.document.entities, match.start("x"), match.end())
        if entity.type in _ORGANISATION
    ]
    if names:
        return Argument("source", names[-1].name, names[-1].start, names[-1].end)
    for mention in clause.mentions:
        if match.start("x") <= mention.start < match.end("x") and mention.kind in _REFERRING:
            resolved = discourse.resolve(mention)
            if resolved:
                return Argument("source", resolved[0].name, resolved[0].start, resolved[0].end, "anaphor")
    if _patterns()["own"].search(match["x"]):
        subject = discourse.subject_of(clause, clause.start)
        if subject:
            return Argument("source", subject[0].name, subject[0].start, subject[0].end, "topic")
    return None
