"""Marks text that is not the article's: title wrappers of content farms, share bars, prompts, footers.

Rules are data (`spam.toml`) over whole lines, so that nothing inside a paragraph is ever touched. A search query
that wraps the title is also removed where it comes back as a line of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.edits import Edit

_LINE = re.compile(r"[^\n]+")
_PUNCTUATION = re.compile(r"[，。,、：:；;“”！!…]")
_MIN_ECHO, _MAX_ECHO, _SAME_START = 6, 30, 4


@dataclass(frozen=True, slots=True)
class LineRule:
    """A rule over one stripped line."""

    id: str
    triggers: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class SpamRules:
    """All rules, compiled."""

    max_line: int
    trigger: re.Pattern[str]
    lines: tuple[LineRule, ...]
    site: re.Pattern[str]
    shape: re.Pattern[str]
    chain: re.Pattern[str]
    query: re.Pattern[str]


@cache
def _rules() -> SpamRules:
    data = read_toml("spam.toml")
    lines = tuple(
        LineRule(row["id"], tuple(row["triggers"]), re.compile(row["pattern"])) for row in data["lines"]
    )
    words = sorted({word for rule in lines for word in rule.triggers})
    return SpamRules(
        data["max_line"],
        re.compile("|".join(map(re.escape, words))),
        lines,
        re.compile(rf"(?<=\S){data['title']['site']}$"),
        re.compile(data["title"]["shape"]),
        re.compile(data["title"]["chain"]),
        re.compile(data["title"]["query"]),
    )


def find_edits(text: str) -> list[Edit]:
    """Return the removals of text that is not the article's.

    >>> text = "视频号怎么开店(微信电商的第三次冲锋,能成吗?)\\n正文第一段。\\n扫码关注我们"
    >>> [edit.before for edit in find_edits(text)]
    ['视频号怎么开店(', ')', '扫码关注我们']
    """
    rules = _rules()
    edits: list[Edit] = []
    query = ""
    first = True
    for match in _LINE.finditer(text):
        start, end = _stripped(text, *match.span())
        if start == end:
            continue
        if first:
            first = False
            if wrapper := _wrapper(text, start, end, rules):
                query = wrapper[0].before.rstrip("_(（【") if wrapper[0].start == start else ""
                edits += wrapper
                continue
        if end - start > rules.max_line:
            continue
        if rule := _rule_for(text[start:end], query, rules):
            edits.append(Edit(start, end, text[start:end], "", "spam", rule, 0.9))
    return edits


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _wrapper(text: str, start: int, end: int, rules: SpamRules) -> list[Edit]:
    """The edits that free a title from the search queries around it and the name of the site behind it."""
    site = rules.site.search(text[start:end])
    title_end = start + site.start() if site else end
    chain = rules.chain.fullmatch(text, start, title_end)
    if chain and not all(
        rules.query.search(query) for query in chain["queries"].removesuffix("_").split("_")
    ):
        chain = None
    title_start = chain.end("queries") if chain else start
    rule = "title_queries" if chain else "title_site"
    match = rules.shape.fullmatch(text, title_start, title_end)
    if match and rules.query.search(match["query"]) and _is_title(match["title"], match["query"]):
        title_start, title_end, rule = match.end("open"), match.start("close"), "title_wrapper"
    return [
        Edit(a, b, text[a:b], "", "spam", rule, 0.9)
        for a, b in ((start, title_start), (title_end, end))
        if a < b
    ]


def _is_title(title: str, query: str) -> bool:
    """True for what reads as a headline of its own, not as a note on the words before the bracket."""
    if re.search(r"^附|^含|^图文|通过|^\d{4}年|修订|施行|^[A-Za-z0-9 ._-]+$|版\)?$", title):
        return False
    return bool(re.search(r"[,，!！?？:：、]", title)) or len(title) >= max(10, len(query) // 2)


def _rule_for(line: str, query: str, rules: SpamRules) -> str | None:
    """The id of the rule that the line falls under."""
    if query and _echoes(line, query, rules):
        return "title_query_echo"
    if not rules.trigger.search(line):
        return None
    return next(_matching(line, rules), None)


def _echoes(line: str, query: str, rules: SpamRules) -> bool:
    """True for a line that is a part of the title's query, or another query that begins like it."""
    if not _MIN_ECHO <= len(line) <= _MAX_ECHO or _PUNCTUATION.search(line):
        return False
    return line in query or (line[:_SAME_START] == query[:_SAME_START] and bool(rules.query.search(line)))


def _matching(line: str, rules: SpamRules) -> Iterator[str]:
    for rule in rules.lines:
        if any(word in line for word in rule.triggers) and rule.pattern.fullmatch(line):
            yield rule.id
