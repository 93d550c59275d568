"""Where reported words begin and end: the narrator takes over again at another party's clause or a remark."""

import re
from collections.abc import Sequence

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.factuality import is_denial
from ecomlink_nlp.claim.quotes import Quotation, enclosing
from ecomlink_nlp.claim.speakers import Speaker
from ecomlink_nlp.claim.speech import speech

_MAX_REPORT = 800  # characters: what goes on longer has lost its full stops
_MAX_OUTCOME = 24  # characters between the later time and the word of contrast
MIN_REPORTED = 4  # characters of reported words
_OPENING = '“‘「『"'
_CLOSING = '”’」』"'
_SEMICOLONS = "；;"
_HEARER_NOUN = re.compile(r"(?:记者|媒体|本报|我们|笔者|他|她|大家|外界|投资者|[《「][^》」]{1,12}[》」])")
_HEARER_PHRASE = re.compile(r"[^，,：:。“”将会要不应须已正]{1,12}[，,：:]")


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without the mark that ends its sentence; None where too little is left.

    >>> trimmed("平台会涨价。", 0, 6), trimmed("行。", 0, 2)
    ((0, 5), None)
    """
    while end > start and text[end - 1] in "。；;，, \u3000\n\r":
        end -= 1
    return (start, end) if end - start >= MIN_REPORTED else None


def skip_marks(text: str, offset: int) -> int:
    """Return the place of the first character behind commas, colons and spaces."""
    while offset < len(text) and text[offset] in "，,：: \u3000":
        offset += 1
    return offset


def behind_hearer(text: str, verb: str, start: int, end: int) -> int:
    """Return where the words begin behind the one who is told: 告诉记者,…; 告诉平台商家,….

    >>> behind_hearer("告诉记者平台会退款", "告诉", 2, 9)
    4
    """
    if verb not in speech().hearer:
        return start
    hearer = _HEARER_PHRASE.match(text, start, end) or _HEARER_NOUN.match(text, start, end)
    return skip_marks(text, hearer.end()) if hearer else start


def next_line(text: str, end: int) -> tuple[int, int] | None:
    """The line behind a colon that ends its own line."""
    begin = end
    while begin < len(text) and text[begin] in "\n \r:：\u3000":
        begin += 1
    stop = text.find("\n", begin)
    stop = len(text) if stop < 0 else stop
    if begin < stop and text[begin] in _OPENING:
        begin += 1
        while stop > begin and text[stop - 1] in "。 \r" + _CLOSING:
            stop -= 1
    return (begin, stop) if stop - begin >= MIN_REPORTED else None


def end_of_report(
    discourse: Discourse,
    quotations: Sequence[Quotation],
    start: int,
    end: int,
    speaker: Speaker,
    *,
    by_report: bool,
) -> int:
    """Return where words that begin at ``start`` end, at the latest at ``end``.

    They end before a remark of the narrator (这意味着), before the same speaker's next verb (并表示), and at a semicolon
    before a contrast or another party's clause or answer (后者则反驳称). What is known by report (``by_report``: 据某人透露) goes on over other
    parties, unless they deny it.
    """
    text, words = discourse.text, speech()
    end = min(end, start + _MAX_REPORT)
    for index in range(discourse.clause_at(start).index, len(discourse.clauses)):
        clause = discourse.clauses[index]
        if clause.start <= start:
            continue
        if clause.start >= end:
            break
        quotation = enclosing(quotations, clause.start)
        if quotation is not None and quotation.start > start:
            continue
        if any(p.match(text, clause.start) for p in (words.narrator, words.again, words.answer)):
            return clause.start
        if speaks_again(discourse, clause.start) or _came_to_pass(discourse, clause, end):
            return clause.start
        denied = is_denial(text, clause.start, clause.end)
        if text[clause.start - 1] not in _SEMICOLONS and not denied:
            continue
        if words.contrast.match(text, clause.start) or (
            _other_speaks(discourse, clause, end, speaker) and (denied or not by_report)
        ):
            return clause.start
    return end


def speaks_again(discourse: Discourse, start: int) -> bool:
    """True where the words from ``start`` on go on with the speaker before, a time in front or not (今年4月又公告)."""
    clause = discourse.clause_at(start)
    time = next((time for time in clause.times if time.start == start), None)
    return (
        speech().again.match(discourse.text, skip_marks(discourse.text, time.end) if time else start)
        is not None
    )


def _came_to_pass(discourse: Discourse, clause: Clause, end: int) -> bool:
    """True where the narrator tells what became of the words: 到7月1日,…便不再支持."""
    opening = speech().later.match(discourse.text, clause.start)
    if opening is None:
        return False
    time = next((time for time in clause.times if time.start == opening.end()), None)
    if time is None or discourse.text[time.end : time.end + 1] not in {"，", ","}:
        return False
    return (
        speech().outcome.search(discourse.text, opening.end(), min(end, opening.end() + _MAX_OUTCOME))
        is not None
    )


def _other_speaks(discourse: Discourse, clause: Clause, end: int, speaker: Speaker) -> bool:
    """True where the first subject from this clause on, up to the next semicolon, is another named party."""
    for index in range(clause.index, len(discourse.clauses)):
        later = discourse.clauses[index]
        if later.start >= end or (later is not clause and discourse.text[later.start - 1] in _SEMICOLONS):
            return False
        subject = discourse.explicit_subject(later)
        if subject:
            named = [a for a in subject if a.name != speaker.argument.name and a.how == "stated"]
            return bool(named) and discourse.is_named(named)
    return False
