"""Statements that no verb of saying introduces: nouns (某人的回应是“…”), documents, views, headlines, bare quotations.

The constructions are listed in `statements`, where the verbs are read first: what they leave is read here.
"""

import re
from collections.abc import Iterator

from ecomlink_nlp.claim.discourse import Clause
from ecomlink_nlp.claim.interviews import answers, interviewee
from ecomlink_nlp.claim.places import MIN_QUOTED, OPENING, SPACES
from ecomlink_nlp.claim.quotes import Quotation
from ecomlink_nlp.claim.reported import end_of_report, skip_marks, trimmed
from ecomlink_nlp.claim.speaker_names import untagged_names
from ecomlink_nlp.claim.speaker_roles import role_of
from ecomlink_nlp.claim.speakers import Speaker, acting_speaker, find_speaker
from ecomlink_nlp.claim.speakers_before import person_before
from ecomlink_nlp.claim.speech import speech
from ecomlink_nlp.claim.statement_maker import StatementMaker
from ecomlink_nlp.text.document import Argument, StatementClaim

_HEADLINE = re.compile(r"(?m)^[^，,。；;：:！？!?“”「」\n]{2,30}[：:](?![“「『‘\"\d])")
_MIN_HEADLINE = 8  # characters of words behind a name and a colon that are no entry of a list
_TURN = re.compile(r"[，,]但(?:她|他|其)")
_NOUN_OPENS = re.compile(r"(?:是|为|另一种|如下)[，,：:]$|[：:]$")
# “…”——某人, on its own line or at a line's end
_SIGNED = re.compile(r"[”」』]\s{0,6}(?:——|—|--|－－)\s{0,3}(?P<who>[^，,。；;：:“”「」\n]{2,30})(?=\n|$)")
# What somebody does on whose words the text opens.
_NOTICES = re.compile("发现|看到|打开|收到|点开|听说|接到|才知道|意识到|注意到|赶紧|盯着|愣|急|抱怨|感慨")
_MIN_ALONE = 8  # characters of a quotation that stands alone
_HUMAN = frozenset({"person", "described"})


class VerblessStatements(StatementMaker):
    """The constructions without a verb of saying, in one document."""

    def without_verb(self) -> Iterator[StatementClaim]:
        """Yield the statements of each construction in turn; quotations already used are left alone."""
        text, words = self.text, speech()
        for match in words.noun.finditer(text):
            yield from self._at_noun(match)
        for match in words.document.finditer(text):
            yield from self._in_document(match)
        for match in words.viewed.finditer(text):
            yield from self._viewed(match)
        for match in words.identified.finditer(text):
            yield from self._identified(match)
        for match in words.relayed.finditer(text):
            yield from self._relayed(match)
        for match in _HEADLINE.finditer(text):
            yield from self._headline(match)
        yield from self._answers()
        for match in _SIGNED.finditer(text):
            yield from self._signed(match)
        yield from self._unattributed()

    def _answers(self) -> Iterator[StatementClaim]:
        """答：…: the answers of an interview."""
        spans = list(answers(self.discourse))
        speaker = interviewee(self.discourse) if spans else None
        if speaker is None:
            return
        for start, end in spans:
            yield self.claim(speaker, (start, end), start, "answer")

    def _signed(self, match: re.Match[str]) -> Iterator[StatementClaim]:
        """“…”——一位开了十二年店的卖家: a quotation with the name of its speaker below it."""
        quotation = self.places.by_end.get(match.start())
        if quotation is None or quotation.start in self.places.used or not self.places.is_speech(quotation):
            return
        start, end = match.span("who")
        speaker = find_speaker(self.discourse, self.discourse.clause_at(start), start, end)
        if speaker is not None:
            yield self.claim(speaker, (quotation.start, quotation.end), start, "signed")

    def _at_noun(self, match: re.Match[str]) -> Iterator[StatementClaim]:
        """京东的回应是“…”, 一位业内人士的感受：“…”."""
        sentence = self.places.sentence_at(match.start())
        quotation = self.places.by_start.get(skip_marks(self.text, match.end()) + 1)
        named = self.text[max(0, match.start() - 8) : match.end("noun")]
        if sentence is None or speech().not_before.search(named):
            return  # 超过7000万条求购评论
        if quotation is None or self.text[quotation.start - 1] not in OPENING:
            yield from self._noun_report(match, sentence)
            return
        if quotation.start in self.places.used or quotation.end - quotation.start < MIN_QUOTED:
            return
        segment = self.places.segment_start(match.start(), sentence[0])
        clause = self.discourse.clause_at(match.start())
        # 站长打来电话,原话是‘…’: the noun stands alone, whoever acted before it spoke
        end = segment + len(self.text[segment : match.start()].rstrip("，, "))
        speaker = find_speaker(self.discourse, clause, segment, end)
        if speaker is not None:
            yield self.claim(speaker, (quotation.start, quotation.end), match.start(), "noun")

    def _noun_report(self, match: re.Match[str], sentence: tuple[int, int]) -> Iterator[StatementClaim]:
        """律师的忠告是,…: reported words behind a noun of saying that belongs to somebody."""
        text = self.text
        owned = text[match.start() - 1 : match.start()] == "的" or match["noun"].startswith("给")
        if _NOUN_OPENS.search(match[0]) is None or not owned:
            return
        segment = self.places.segment_start(match.start(), sentence[0])
        clause = self.discourse.clause_at(match.start())
        speaker = find_speaker(self.discourse, clause, segment, match.start())
        if speaker is None:
            return
        start = skip_marks(text, match.end())
        stop = end_of_report(
            self.discourse, self.places.quotations, start, sentence[1], speaker, by_report=False
        )
        span = trimmed(text, start, stop)
        if span is not None:
            yield self.claim(speaker, span, match.start(), "noun")

    def _in_document(self, match: re.Match[str]) -> Iterator[StatementClaim]:
        """苏宁易购发出战报:11月1日至11日…: the words of a document behind a colon."""
        sentence = self.places.sentence_at(match.start())
        start = skip_marks(self.text, match.end())
        if sentence is None or start >= sentence[1] or self.text[start] in OPENING:
            return
        segment = self.places.segment_start(match.start(), sentence[0])
        clause = self.discourse.clause_at(match.start())
        speaker = find_speaker(self.discourse, clause, segment, match.start())
        span = trimmed(self.text, start, sentence[1])
        if speaker is not None and span is not None:
            yield self.claim(speaker, span, match.start(), "document")

    def _viewed(self, match: re.Match[str]) -> Iterator[StatementClaim]:
        """在李早看来,…: the view up to where the narrator speaks of the person again."""
        sentence = self.places.sentence_at(match.start())
        clause = self.discourse.clause_at(match.start())
        speaker = self._viewer(clause, match)
        if sentence is None or speaker is None:
            return
        before = self.places.quotation_above(match.start())
        if before is not None:
            yield self.claim(speaker, (before.start, before.end), match.start(), "viewed")
        turn = _TURN.search(self.text, match.end(), sentence[1])
        span = trimmed(self.text, match.end(), turn.start() if turn else sentence[1])
        if span is not None:
            yield self.claim(speaker, span, match.start(), "viewed")

    def _viewer(self, clause: Clause, match: re.Match[str]) -> Speaker | None:
        """Whose view it is; organisations that are relayed (据某报援引某人的说法) are the medium."""
        start, end = match.span("eyes" if match["eyes"] else "words")
        return self.named_by_pronoun(find_speaker(self.discourse, clause, start, end), start, end)

    def _identified(self, match: re.Match[str]) -> Iterator[StatementClaim]:
        """“…”——这是某人的原话."""
        before = self.places.quotation_before(match.start())
        if before is None or not self.places.is_speech(before):
            return
        clause = self.discourse.clause_at(match.start())
        speaker = find_speaker(self.discourse, clause, match.start("who"), match.end("who"))
        if speaker is not None:
            yield self.claim(speaker, (before.start, before.end), match.start(), "identified")

    def _relayed(self, match: re.Match[str]) -> Iterator[StatementClaim]:
        """路透社援引消息人士的话报道,…: the one quoted speaks, the medium is the source."""
        sentence = self.places.sentence_at(match.start())
        clause = self.discourse.clause_at(match.start())
        speaker = find_speaker(self.discourse, clause, match.start("who"), match.end("who"))
        if sentence is None or speaker is None:
            return
        stop = end_of_report(
            self.discourse, self.places.quotations, match.end(), sentence[1], speaker, by_report=True
        )
        span = trimmed(self.text, match.end(), stop)
        if span is not None:
            yield self.claim(speaker, span, match.start(), "relayed")

    def _headline(self, match: re.Match[str]) -> Iterator[StatementClaim]:
        """阿里巴巴CEO吴泳铭:…: a line that opens with a person and a colon holds the person's words."""
        text, end = self.text, match.end()
        clause = self.discourse.clause_at(match.start())
        person = next((e for e in clause.entities if e.end == end - 1 and e.type == "PERSON"), None)
        if person is None:
            return
        speaker = find_speaker(self.discourse, clause, match.start(), end - 1)
        stop = text.find("\n", end)
        span = trimmed(text, skip_marks(text, end), len(text) if stop < 0 else stop)
        if speaker is not None and span is not None and span[1] - span[0] >= _MIN_HEADLINE:
            yield self.claim(speaker, span, match.start(), "headline")

    def _unattributed(self) -> Iterator[StatementClaim]:
        """Sentences in quotation marks that no verb took: behind 某人…：, or before a sentence about a person."""
        text = self.text
        for quotation in self.places.quotations:
            if quotation.start in self.places.used or not self.places.is_speech(quotation):
                continue
            mark = quotation.start - 2
            while mark > 0 and text[mark] in SPACES:
                mark -= 1
            sentence = self.places.sentence_at(max(0, mark))
            if sentence is not None and text[mark] in ":：":
                segment = self.places.segment_start(mark, sentence[0])
                clause = self.discourse.clause_at(mark)
                speaker = find_speaker(self.discourse, clause, segment, mark)
                speaker = speaker or acting_speaker(self.discourse, clause, segment, mark)
                if speaker is not None and (speaker.kind in _HUMAN or speaker.argument.how == "anaphor"):
                    yield self.claim(speaker, (quotation.start, quotation.end), mark, "colon")
            elif text[quotation.start - 2 : quotation.start - 1] in {"\n", ""}:
                yield from self._before_person(quotation)
            elif self._stands_alone(quotation, mark):
                yield from self._behind_person(quotation)

    def _before_person(self, quotation: Quotation) -> Iterator[StatementClaim]:
        """“停止了吗?”…,李早的反应很平静: a quotation that opens a paragraph whose next sentence is about a person."""
        behind = self.places.sentence_at(quotation.end + 1) if quotation.end + 1 < len(self.text) else None
        if behind is None or "\n" in self.text[quotation.end + 1 : behind[0] + 1]:
            return
        clause = self.discourse.clause_at(behind[0])
        speaker = find_speaker(self.discourse, clause, quotation.end + 1, behind[1])
        gesture = speech().gesture.search(self.text, *behind)
        if speaker is None and gesture is not None:
            last = self.discourse.clause_at(gesture.start())
            speaker = acting_speaker(
                self.discourse, last, self.places.segment_start(gesture.start(), behind[0]), gesture.end()
            )
        if speaker is None or speaker.kind == "party":
            names = untagged_names(self.text, clause.start, behind[1])  # 做快手小店的王强发现…
            name = next((span for span in names if _NOTICES.match(self.text, span[1])), None)
            if name is not None:
                argument = Argument("speaker", self.text[slice(*name)], *name, "described")
                speaker = Speaker(argument, None, "person")
        if speaker is not None and (speaker.kind == "person" or (gesture and speaker.kind == "described")):
            yield self.claim(speaker, (quotation.start, quotation.end), behind[1] - 1, "behind")

    def _stands_alone(self, quotation: Quotation, mark: int) -> bool:
        """True for a quotation of whole sentences between two others of its paragraph."""
        behind = self.text[quotation.end + 1 : quotation.end + 2]
        return (
            quotation.is_full(self.text)
            and quotation.end - quotation.start >= _MIN_ALONE
            and self.text[mark] in "。！？!?”」』"
            and behind not in set("，,。；;：:、的之—这那")
        )

    def _behind_person(self, quotation: Quotation) -> Iterator[StatementClaim]:
        """陈列平在淘宝卖灯具。“那时候一天五十单。”: the words of the person whom the sentence before is about."""
        clause = self.discourse.clause_at(quotation.start - 1)
        before = self.discourse.document.sentences[max(0, clause.sentence - 1)]
        home = self.discourse.clause_at(before[0])
        if home.paragraph != clause.paragraph or before[0] >= quotation.start:
            return
        people = [
            e
            for c in self.discourse.sentence_clauses(home.sentence)
            for e in c.entities
            if e.type == "PERSON"
        ]
        if people:
            argument = Argument("speaker", people[0].name, people[0].start, people[0].end, "carried")
            speaker: Speaker | None = Speaker(
                argument, role_of(self.discourse, people[0], before[0]), "person"
            )
        else:
            speaker = person_before(self.discourse, clause)
        if speaker is not None:
            yield self.claim(speaker, (quotation.start, quotation.end), quotation.start, "alone")
