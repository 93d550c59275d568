"""The metric words of a sentence: the lexicon's outside names, and the fees and rates that no lexicon lists."""

import re

from ecomlink_nlp.claim.discourse import Clause
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.lexicon import MetricLexicon, Word, metrics

_BY_ENDING = {
    "费": "price",
    "价": "price",
    "率": "rate",
    "额": "sum",
    "量": "volume",
    "次数": "volume",
    "频次": "volume",
    "件数": "volume",
    "台数": "volume",
    "人次": "volume",
    "成本": "expenses",
    "支出": "expenses",
    "周期": "period",
    "时限": "period",
}
_MEMBERS = re.compile("(?:会员|用户|粉丝|商家|门店)$")


def sentence_words(lexicon: MetricLexicon, text: str, clauses: list[Clause]) -> list[Word]:
    """Return the metric words of the clauses of one sentence, in order; those inside names count nothing (京东物流收入).

    A name that only its form suggests counts as words where it is one (公司营收), and the members that end a name are
    counted (88VIP会员).
    """
    names = [
        (entity.start, entity.end)
        for clause in clauses
        for entity in clause.entities
        if entity.id is not None or not _is_measure(lexicon, text, entity.start, entity.end)
    ]
    end = clauses[-1].end
    words: list[Word] = []
    position = clauses[0].start
    for left, right in [*sorted(names), (end, end)]:
        words += words_between(lexicon, text, position, left)
        if (tail := _MEMBERS.search(text, left, right)) is not None and tail.start() > left:
            words += lexicon.find_words(text, tail.start(), right)
        position = max(position, right)
    return words


def with_line(text: str, clause: Clause, words: list[Word]) -> list[Word]:
    """Return the words with the line of business that opens the clause, for its revenue (其中广告占52%，直播占34%)."""
    match = constructions().line.match(text, clause.start, clause.end)
    if match is None or any(
        word.form == "words" and word.start <= match.start("line") < word.end for word in words
    ):
        return words
    start, end = match.start("line"), match.end()
    line = Word(start, end, metrics()[constructions().lines[match["line"]]], "words")
    kept = [word for word in words if word.end <= start or word.start >= end]
    return sorted([*kept, line], key=lambda word: word.start)


def words_between(lexicon: MetricLexicon, text: str, start: int, end: int) -> list[Word]:
    """Return the metric words of a stretch without names, with its fees and rates of any name (年审费, 复诊率)."""
    found = lexicon.find_words(text, start, end)
    known = iter([*found])
    word = next(known, None)
    for match in constructions().fee.finditer(text, start, end):
        while word is not None and word.end <= match.start():
            word = next(known, None)
        if word is None or word.start >= match.end():
            found.append(Word(match.start(), match.end(), metrics()[_BY_ENDING[match["kind"]]], "words"))
    for match in constructions().apiece.finditer(text, start, end):
        found.append(Word(match.start(), match.end(), metrics()["price"], "words"))  # 每份98元
    return sorted(found, key=lambda word: word.start)


def _is_measure(lexicon: MetricLexicon, text: str, start: int, end: int) -> bool:
    found = lexicon.find_words(text, start, end)
    return any(word.start == start and word.end == end and word.form == "words" for word in found)
