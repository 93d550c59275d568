"""Statements: who said what, in quotation marks or reported.

Notes for a newcomer. Everything starts at a verb (or noun) of saying. What stands before it names the speaker
(`speakers`), what follows it, or the quotation right before it, is what was said. Four constructions:

- before: 某人说：“…”, 某人称…, 据某人透露, …
- behind: “…”某人说。
- middle: “…，”某人说，“…”: one statement, two where the first part is a whole sentence
- viewed: 在某人看来, …
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.factuality import is_denial
from ecomlink_nlp.claim.quotes import Quotation, find_quotations
from ecomlink_nlp.claim.speakers import Speaker, find_speaker
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.document import Argument, Entity, StatementClaim

_OPENING = '“‘「『"'
_CLOSING = '”’」』"'
_FULL_STOPS = "。！？!?"
_MIN_REPORTED = 4  # characters of reported words
_MIN_QUOTED = 3
_COST = {"described": 0.95, "anaphor": 0.9, "carried": 0.8, "topic": 0.7}


@dataclass(frozen=True, slots=True)
class _Speech:
    verb: re.Pattern[str]
    announce: frozenset[str]
    document: re.Pattern[str]
    estimate: frozenset[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    noun: re.Pattern[str]
    sources: frozenset[str]


@cache
def _speech() -> _Speech:
    data = read_toml("speech.toml")
    verbs = data["verbs"]
    words = sorted({*verbs["report"], *verbs["announce"], *verbs["estimate"]}, key=len, reverse=True)
    between = "|".join(sorted(verbs["between"], key=len, reverse=True))
    return _Speech(
        re.compile(f"(?P<verb>{'|'.join(words)})(?:{between})*(?:得[^，,。：:“「]{{1,6}}(?=[：:]))?"),
        frozenset(verbs["announce"]),
        re.compile(f"(?:{data['speakers']['documents']})(?=[：:])"),
        frozenset(verbs["estimate"]),
        re.compile(data["not_verbs"]["before"]),
        re.compile(data["not_verbs"]["behind"]),
        re.compile(f"(?:{'|'.join(data['speakers']['nouns'])})(?:是|为|:|：)[:：]?"),
        frozenset(data["speakers"]["sources"]),
    )


def find_statements(discourse: Discourse) -> list[StatementClaim]:
    """Return the statements of a document, in order; the quote's span is without the quotation marks."""
    reader = _Reader(discourse)
    found = sorted(reader.statements(), key=lambda claim: (claim.quote[0], -claim.quote[1]))
    kept: list[StatementClaim] = []
    for claim in found:
        inside = [c for c in kept if c.quote[0] <= claim.quote[0] and claim.quote[1] <= c.quote[1]]
        if any(c.speaker == claim.speaker for c in inside):
            continue
        if inside:
            claim.source = claim.source or Argument("source", inside[-1].speaker)
        kept.append(claim)
    return kept


class _Reader:
    """One document's verbs of saying, read one after the other."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.text = discourse.text
        self.quotations = find_quotations(self.text)
        self.by_start = {q.start: q for q in self.quotations}
        self.by_end = {q.end: q for q in self.quotations}
        self.used: set[int] = set()

    def statements(self) -> Iterator[StatementClaim]:
        text, speech = self.text, _speech()
        done = 0
        for match in speech.verb.finditer(text):
            if match.start() < done:
                continue
            sentence = self._sentence(match.start())
            if sentence is None or speech.behind.match(text[match.start("verb") : match.end() + 3]):
                continue
            if speech.before.search(text[max(sentence[0], match.start() - 8) : match.end("verb")]):
                continue
            if _VERB_AHEAD.match(text, match.end()):
                continue  # 回应此事称: the next verb reports
            if any(
                e.start < match.end("verb") and e.end > match.start()
                for e in self._entities_near(match.start())
            ):
                continue
            found = list(self._at_verb(match, sentence))
            yield from found
            if found:
                done = match.end()
        for match in speech.noun.finditer(text):
            sentence = self._sentence(match.start())
            quotation = self.by_start.get(self._skip(match.end()) + 1) if sentence else None
            if sentence and quotation is not None:
                segment = self._segment_start(match.start(), sentence[0])
                speaker = self._speaker(segment, match.start())
                if speaker is not None:
                    yield self._claim(speaker, (quotation.start, quotation.end), match.start(), "noun")
        for match in speech.document.finditer(text):
            yield from self._in_document(match)
        yield from self._viewed()
        yield from self._unattributed()

    def _in_document(self, match: re.Match[str]) -> Iterator[StatementClaim]:
        """苏宁易购发出战报:11月1日至11日…: the words of a document behind a colon."""
        sentence = self._sentence(match.start())
        if sentence is None:
            return
        speaker = self._speaker(self._segment_start(match.start(), sentence[0]), match.start())
        start = self._skip(match.end())
        if speaker is not None and start < sentence[1] and self.text[start] not in _OPENING:
            end = len(self.text[: sentence[1]].rstrip("。；; "))
            if end - start >= _MIN_REPORTED:
                yield self._claim(speaker, (start, end), match.start(), "document")

    def _unattributed(self) -> Iterator[StatementClaim]:
        """Sentences in quotation marks that no verb took: behind 某人…：, or before a sentence about a person."""
        for quotation in self.quotations:
            if quotation.start in self.used or quotation.depth or not quotation.is_sentence(self.text):
                continue
            mark = quotation.start - 2
            while mark > 0 and self.text[mark] == " ":
                mark -= 1
            sentence = self._sentence(max(0, mark))
            if sentence is not None and self.text[mark] in ":：":
                speaker = self._speaker(self._segment_start(mark, sentence[0]), mark)
                if speaker is not None and (speaker.kind == "person" or speaker.argument.how == "anaphor"):
                    yield self._claim(speaker, (quotation.start, quotation.end), mark, "colon")
            elif self.text[quotation.start - 2 : quotation.start - 1] in {"\n", ""}:
                behind = self._sentence(quotation.end + 1) if quotation.end + 1 < len(self.text) else None
                if behind is None or "\n" in self.text[quotation.end + 1 : behind[0] + 1]:
                    continue
                speaker = self._speaker(quotation.end + 1, behind[1])
                if speaker is not None and speaker.kind == "person":
                    yield self._claim(speaker, (quotation.start, quotation.end), behind[1] - 1, "behind")

    def _at_verb(self, match: re.Match[str], sentence: tuple[int, int]) -> Iterator[StatementClaim]:
        text, verb = self.text, match["verb"]
        segment = self._segment_start(match.start(), sentence[0])
        before = self._quotation_before(segment)
        speaker = self._speaker(segment, match.start())
        if _HYPOTHETICAL.search(text, sentence[0], match.start()):
            return
        by_report = text[segment : match.start()].lstrip().startswith("据")
        start = self._skip(match.end())
        quotation = (
            self.by_start.get(start + 1) if text[start : start + 1] and text[start] in _OPENING else None
        )
        quoted_behind = quotation is not None and self._fills(quotation, sentence)
        if verb == "告诉":
            start = self._behind_hearer(start, sentence[1])
        if speaker is None:
            if before is not None and not self._is_sentence_quote(before):
                before = None
            speaker = self._carried(segment, match.start(), verb, bool(quoted_behind))
        if speaker is None or speaker.argument.name in _speech().sources:
            return
        if before is not None and self._is_sentence_quote(before):
            if quoted_behind and quotation is not None and text[before.end - 1] not in _FULL_STOPS:
                yield self._claim(speaker, (before.start, quotation.end), match.start(), "middle")
                return
            yield self._claim(speaker, (before.start, before.end), match.start(), "behind")
        if verb in _speech().estimate and speaker.kind == "party":
            return  # an institute's estimate is a source, not a statement
        if quoted_behind and quotation is not None:
            yield self._claim(speaker, (quotation.start, quotation.end), match.start(), "before")
        else:
            span = self._reported(start, match, sentence, speaker, by_report)
            if span is not None:
                yield self._claim(speaker, span, match.start(), "report")

    # What was said

    def _reported(
        self, start: int, match: re.Match[str], sentence: tuple[int, int], speaker: Speaker, by_report: bool
    ) -> tuple[int, int] | None:
        """The reported words: to the end of the sentence, or to where another named party takes over."""
        text, end = self.text, sentence[1]
        if start >= end:
            # 表示: at the end of a line speaks the whole next line
            if (
                text[match.end() : match.end() + 1] in ":："
                and "\n" in text[match.end() : start + 1] + text[end : end + 2]
            ):
                return self._next_line(end)
            return None
        enclosing = [q for q in self.quotations if q.start <= match.start() < q.end]
        if enclosing:
            end = min(end, enclosing[-1].end)
        introduced = text[match.end() : start].strip() != ""
        verb = match["verb"]
        if not introduced and verb not in _speech().announce and not self._takes_clause(verb, match, start):
            return None
        stop = self._takeover(start, end, speaker, by_report)
        span_end = stop
        while span_end > start and text[span_end - 1] in "。！？!?；;，, ":
            if text[span_end - 1] in "！？!?":
                break
            span_end -= 1
        return (start, span_end) if span_end - start >= _MIN_REPORTED else None

    def _takes_clause(self, verb: str, match: re.Match[str], start: int) -> bool:
        """称其链接不受影响: verbs that report without a comma."""
        longer = match.end() > match.end("verb")
        return longer or verb in _BARE or self.text[start : start + 1] in "将已会要不没自其该双与在是计正目"

    def _takeover(self, start: int, end: int, speaker: Speaker, by_report: bool) -> int:
        """The end of the reported words: before 还在… of the narrator, or before another party's own clause."""
        text = self.text
        for clause in self.discourse.clauses:
            if clause.start <= start or clause.start >= end:
                continue
            if any(q.start <= clause.start < q.end for q in self.quotations if q.start > start):
                continue
            if _NARRATOR.match(text, clause.start):
                return clause.start
            denied = is_denial(text, clause.start, clause.end)
            if text[clause.start - 1] not in "；;" and not denied:
                continue
            if _CONTRAST.match(text, clause.start) or (
                self._other_speaks(clause, end, speaker) and (denied or not by_report)
            ):
                return clause.start
        return end

    def _other_speaks(self, clause: Clause, end: int, speaker: Speaker) -> bool:
        """True where the first subject from this clause on, up to the next semicolon, is another named party."""
        for later in self.discourse.clauses[clause.index :]:
            if later.start >= end or (later is not clause and self.text[later.start - 1] in "；;"):
                return False
            subject = self.discourse.explicit_subject(later)
            if subject:
                named = [a for a in subject if a.name != speaker.argument.name and a.how == "stated"]
                return bool(named) and self.discourse.is_named(named)
        return False

    def _next_line(self, end: int) -> tuple[int, int] | None:
        text = self.text
        begin = end
        while begin < len(text) and text[begin] in "\n \r:：":
            begin += 1
        stop = text.find("\n", begin)
        stop = len(text) if stop < 0 else stop
        while stop > begin and text[stop - 1] in "。 \r" + _CLOSING:
            stop -= 1
        if begin < stop and text[begin] in _OPENING:
            begin += 1
        return (begin, stop) if stop - begin >= _MIN_REPORTED else None

    def _fills(self, quotation: Quotation, sentence: tuple[int, int]) -> bool:
        """True where the quotation is all that is reported, not only its first words."""
        if quotation.end - quotation.start < _MIN_QUOTED:
            return False
        rest = self.text[quotation.end + 1 : sentence[1]]
        return quotation.is_sentence(self.text) or _AFTER_QUOTE.match(rest) is not None

    def _behind_hearer(self, start: int, end: int) -> int:
        """告诉平台商家,…: the words begin behind the one who is told."""
        comma = re.compile(r"[，,：:]").search(self.text, start, min(end, start + _MAX_HEARER))
        return self._skip(comma.end()) if comma else start

    def _is_sentence_quote(self, quotation: Quotation) -> bool:
        return quotation.depth == 0 and quotation.is_sentence(self.text)

    # Who said it

    def _speaker(self, segment: int, verb: int) -> Speaker | None:
        clause = self.discourse.clause_at(verb)
        return find_speaker(self.discourse, clause, segment, verb)

    def _carried(self, segment: int, verb: int, word: str, quoted: bool) -> Speaker | None:
        """The subject of an earlier clause of the sentence, where the verb's own clause names nobody."""
        words = self.text[segment:verb].strip("，, 并还又则也才仅只就便曾在于")
        clause = self.discourse.clause_at(verb)
        if len(words) > _MAX_ADVERBS or any(q.start <= verb < q.end for q in self.quotations):
            return None
        own = self.discourse.subject_of(clause, segment)
        if not own or (own[0].how == "topic" and not quoted and not _DOCUMENT.search(words)):
            return None
        if word in _WEAK and not quoted:
            return None
        a = own[0]
        return Speaker(Argument("speaker", a.name, a.start, a.end, a.how), None, "carried")

    def _viewed(self) -> Iterator[StatementClaim]:
        """在李早看来,…: the view up to where the narrator speaks of the person again."""
        for match in re.finditer(r"在(?P<who>[^，,。；;\n]{2,20}?)看来[，,]", self.text):
            sentence = self._sentence(match.start())
            speaker = self._speaker(match.start("who"), match.end("who"))
            if sentence is None or speaker is None:
                continue
            before = self._quotation_before_line(match.start())
            if before is not None:
                yield self._claim(speaker, (before.start, before.end), match.start(), "viewed")
            end = sentence[1]
            turn = re.compile(r"[，,]但(?:她|他|其)").search(self.text, match.end(), end)
            stop = turn.start() if turn else end
            yield self._claim(
                speaker, (match.end(), len(self.text[:stop].rstrip("。；; "))), match.start(), "viewed"
            )

    def _quotation_before_line(self, offset: int) -> Quotation | None:
        """A quotation that fills the line right above."""
        position = offset
        while position > 0 and self.text[position - 1] in "\n \r":
            position -= 1
        if position == offset or self.text[position - 1] not in _CLOSING:
            return None
        quotation = self.by_end.get(position - 1)
        if quotation is None or self.text[quotation.start - 2 : quotation.start - 1] not in {"\n", ""}:
            return None
        return quotation

    # Places

    def _sentence(self, offset: int) -> tuple[int, int] | None:
        """The sentence around the offset, run on where a quotation was cut at its inner full stops."""
        clause = self.discourse.clause_at(offset)
        start, end = self.discourse.document.sentences[clause.sentence]
        return (start, end) if start <= offset < end else None

    def _segment_start(self, verb: int, sentence: int) -> int:
        """Where the words that may name the speaker begin: behind the last punctuation that closes something."""
        for offset in range(verb - 1, sentence - 1, -1):
            character = self.text[offset]
            if character in "。！？；;：:\n" or (character in _CLOSING and self._closes_sentence(offset)):
                return offset + 1
            if character in "，," and not self._is_lead_in(sentence, offset, verb):
                return offset + 1
        return sentence

    def _closes_sentence(self, offset: int) -> bool:
        quotation = self.by_end.get(offset)
        return quotation is not None and self._is_sentence_quote(quotation)

    def _is_lead_in(self, sentence: int, comma: int, verb: int) -> bool:
        """True for a comma behind a mere time or 对此: the speaker may stand before it no more than behind it."""
        del sentence
        return not self.text[comma + 1 : verb].strip()

    def _quotation_before(self, segment: int) -> Quotation | None:
        position = segment
        lead = _LEAD_TIME.search(self.text, max(0, segment - 16), segment)
        if lead is not None:
            position = lead.start() + 1
        while position > 0 and self.text[position - 1] in " ，,":
            position -= 1
        if position > 0 and self.text[position - 1] in _CLOSING:
            quotation = self.by_end.get(position - 1)
            return quotation if quotation is not None and quotation.start not in self.used else None
        return None

    def _skip(self, offset: int) -> int:
        while offset < len(self.text) and self.text[offset] in "，,：: 　":
            offset += 1
        return offset

    def _entities_near(self, offset: int) -> list[Entity]:
        return self.discourse.clause_at(offset).entities

    def _claim(
        self, speaker: Speaker, quote: tuple[int, int], verb: int, construction: str
    ) -> StatementClaim:
        discourse = self.discourse
        self.used.add(quote[0])
        clause = discourse.clause_at(verb)
        sentences = discourse.document.sentences
        evidence = [sentences[clause.sentence]]
        evidence += [s for s in sentences if s != evidence[0] and s[0] < quote[1] and quote[0] < s[1]]
        found = discourse.time_of(clause, verb)
        if found is not None and quote[0] <= found[0].start < quote[1]:
            found = None
        claim = StatementClaim(
            evidence,
            rule=f"statement/{construction}",
            time=found[0].timex if found else None,
            time_how=found[1] if found else "",
            speaker=speaker.argument.name,
            role=speaker.role,
            quote=quote,
            source=speaker.medium,
            score=round(0.95 * _COST.get(speaker.argument.how, 1.0), 4),
        )
        claim.arguments = [speaker.argument, Argument("quote", self.text[quote[0] : quote[1]], *quote)]
        if found is not None:
            claim.arguments.append(Argument("time", found[0].timex, found[0].start, found[0].end, found[1]))
        return claim


_BARE = frozenset(
    {
        "称",
        "透露",
        "声称",
        "宣称",
        "坚称",
        "辩称",
        "笑称",
        "表示",
        "指出",
        "强调",
        "证实",
        "重申",
        "认为",
        "预计",
        "承诺",
        "建议",
        "担心",
        "坦言",
        "直言",
        "否认",
        "回应",
        "估算",
        "预测",
        "提醒",
        "呼吁",
        "告诉",
        "宣布",
        "承认",
        "打出",
        "喊出",
    }
)
# Verbs of feeling and judging: without quotation marks they report only what a named speaker thinks.
_WEAK = frozenset(
    {
        "担心",
        "担忧",
        "判断",
        "分析",
        "总结",
        "解读",
        "形容",
        "指",
        "建议",
        "介绍",
        "回忆",
        "明确",
        "预计",
        "预测",
        "估计",
        "统计",
        "预期",
        "推算",
    }
)
_MAX_ADVERBS = 14  # characters between a comma and the verb that still name nobody
_MAX_HEARER = 14  # characters: 告诉平台商家,
_NARRATOR = re.compile(r"(?:还在|又在|随后|此后|并于|同时在|这意味着|这也意味着|这意味|也就是说|换言之)")
_AFTER_QUOTE = re.compile(r"[。！？!?,，；;…\s]|$|的[^，,。]{0,6}(?:口号|承诺|说法|豪言|标语|目标|宣言)")
_HYPOTHETICAL = re.compile(r"只要|如果|假如|即使|哪怕|无论")
_VERB_AHEAD = re.compile(r"(?!道|说)[^，,。：:“「；;\s]{1,8}(?:称|时说|时表示)(?![为作号呼得])")
_DOCUMENT = re.compile(r"公告|声明|通知|公开信|通报|说明|海报|内部信")
# 2018年, between a quotation and the sentence that attributes it
_LEAD_TIME = re.compile(r"[”’」』\"][^。！？!?\n”’」』\"，,]{1,12}[，,]$")
_CONTRAST = re.compile(r"(?:群聊|至于|而|但|次日|此外|同日|双方)")
