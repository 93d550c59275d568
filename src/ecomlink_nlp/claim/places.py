"""Where things stand around a verb of saying: its sentence, the words before it, the quotations next to it.

Each method looks at most a bounded stretch to the left, so that text without any punctuation costs no more than prose.
"""

import re

from ecomlink_nlp.claim.discourse import Discourse
from ecomlink_nlp.claim.quotes import Quotation, find_quotations
from ecomlink_nlp.text.document import Time

OPENING = '“‘「『"'
CLOSING = '”’」』"'
SPACES = " \u3000\r"
MIN_QUOTED = 3  # characters of a quotation that can be all that was said
MAX_SEGMENT = 120  # characters before a verb in which its speaker stands
_MAX_SPEECH = 4000  # characters: a longer quotation is a mark that closed far off by mistake
_AFTER_QUOTE = re.compile(r"[。！？!?,，；;…\s]|$|的[^，,。]{0,6}(?:口号|承诺|说法|豪言|标语|目标|宣言)")


class Places:
    """The quotations of a document, those already attributed, and what stands next to an offset."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.text = discourse.text
        self.quotations = find_quotations(self.text)
        self.by_start = {q.start: q for q in self.quotations}
        self.by_end = {q.end: q for q in self.quotations}
        self.used: set[int] = set()

    def sentence_at(self, offset: int) -> tuple[int, int] | None:
        """Return the sentence around ``offset``; None for white space between sentences."""
        clause = self.discourse.clause_at(offset)
        start, end = self.discourse.document.sentences[clause.sentence]
        return (start, end) if start <= offset < end else None

    def segment_start(self, verb: int, sentence: int) -> int:
        """Where the words that may name the speaker begin: behind the last punctuation that closes something."""
        first = max(sentence, verb - MAX_SEGMENT)
        for offset in range(verb - 1, first - 1, -1):
            character = self.text[offset]
            if character in "。！？；;：:\n":
                return offset + 1
            if character in CLOSING:
                quotation = self.by_end.get(offset)
                if quotation is not None and quotation.is_sentence(self.text):
                    return offset + 1
            if character in OPENING and offset + 1 in self.by_start and verb < self.by_start[offset + 1].end:
                return offset + 1
            if character in "，," and self.text[offset + 1 : verb].strip():
                return offset + 1
        return first

    def quotation_before(self, segment: int) -> Quotation | None:
        """The quotation that ends right before the speaker, or before a mere time: “…。”2018年,某人称."""
        position = segment
        clause = self.discourse.clause_at(max(0, segment - 1))
        lead = self.text[clause.start : segment].rstrip("，, ")
        times: list[Time] = clause.times
        if any(t.start >= clause.start and t.end == clause.start + len(lead) for t in times):
            position = next(t.start for t in times if t.end == clause.start + len(lead))
        while position > 0 and self.text[position - 1] in " ，,—":
            position -= 1
        quotation = self.by_end.get(position - 1)
        if quotation is None or quotation.start in self.used or self.text[position - 1] not in CLOSING:
            return None
        return quotation

    def quotation_above(self, offset: int) -> Quotation | None:
        """A quotation that fills the line right above."""
        position = offset
        while position > 0 and self.text[position - 1] in "\n" + SPACES:
            position -= 1
        quotation = self.by_end.get(position - 1)
        if quotation is None or position == offset or quotation.start in self.used:
            return None
        return quotation if self.text[quotation.start - 2 : quotation.start - 1] in {"\n", ""} else None

    def is_speech(self, quotation: Quotation) -> bool:
        """True where an outermost quotation reads as something said."""
        return (
            quotation.depth == 0
            and quotation.end - quotation.start <= _MAX_SPEECH
            and quotation.is_sentence(self.text)
        )

    def fills(self, quotation: Quotation, sentence: tuple[int, int]) -> bool:
        """True where the quotation is all that is reported, not only its first words."""
        if quotation.end - quotation.start < MIN_QUOTED:
            return False
        rest = self.text[quotation.end + 1 : sentence[1]]
        return quotation.is_full(self.text) or _AFTER_QUOTE.match(rest) is not None
