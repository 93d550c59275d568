"""Statements: who said what, in quotation marks or reported.

Notes for a newcomer. Nearly everything starts at a verb (or noun) of saying. What stands before it names the speaker
(`speakers`), what follows it (`reported`), or the quotation right before it, is what was said. The constructions:

- before: 某人说：“…”
- report: 某人称…, 据某人透露,…
- behind: “…”某人说。
- middle: “…，”某人说，“…”: one statement, two where the first part is a whole sentence
- noun: 某人的回应是“…”
- document: 某公司发布战报：…
- viewed: 在某人看来，…
- relayed: 某报援引某人的话报道,…
- headline: a line of its own, 某人：…
- colon: 某人摆摆手：“…”, without any verb of saying
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from ecomlink_nlp.claim.clauses import PARTY_TYPES
from ecomlink_nlp.claim.discourse import Discourse
from ecomlink_nlp.claim.places import MAX_SEGMENT, OPENING
from ecomlink_nlp.claim.quotes import enclosing
from ecomlink_nlp.claim.reported import (
    behind_hearer,
    end_of_report,
    next_line,
    skip_marks,
    speaks_again,
    trimmed,
)
from ecomlink_nlp.claim.speakers import (
    Speaker,
    document_owner,
    find_speaker,
    party_speaker,
)
from ecomlink_nlp.claim.speech import speech
from ecomlink_nlp.claim.statement_maker import MAX_ADVERBS
from ecomlink_nlp.claim.verbless import VerblessStatements
from ecomlink_nlp.text.document import Argument, Entity, StatementClaim

_AND = frozenset({"、", "和", "与", "及"})
_FULL_STOPS = "。！？!?…."
_MIN_REPEAT = 12  # characters of words that are long enough to compare
_REPEAT_DICE = 0.75
_REPEAT_REACH = 20  # statements between two that say the same
_MAX_CLAUSE = 400  # characters without any comma: more is no prose


def find_statements(discourse: Discourse) -> list[StatementClaim]:
    """Return the statements of a document, in order; the quote's span is without the quotation marks.

    A statement inside another one's words takes the outer speaker as its source.
    """
    reader = _Reader(discourse)
    found = sorted(reader.statements(), key=lambda claim: (claim.quote[0], -claim.quote[1]))
    kept: list[StatementClaim] = []
    around: list[StatementClaim] = []
    for claim in found:
        while around and around[-1].quote[1] <= claim.quote[0]:
            around.pop()
        if any(c.speaker == claim.speaker and claim.quote[1] <= c.quote[1] for c in around):
            continue
        outer = next(
            (c for c in reversed(around) if claim.quote[1] <= c.quote[1] and claim.quote != c.quote), None
        )
        if outer is not None and claim.source is None:
            claim.source = Argument("source", outer.speaker)
        kept.append(claim)
        around.append(claim)
    return _without_repeats(discourse.text, kept)


def _without_repeats(text: str, statements: list[StatementClaim]) -> list[StatementClaim]:
    """Fold what a speaker is said to have said twice in other words, as titles and leads do; the longer one stays."""
    kept: list[StatementClaim] = []
    for claim in statements:
        words = text[slice(*claim.quote)]
        for number, other in enumerate(kept[-_REPEAT_REACH:], max(0, len(kept) - _REPEAT_REACH)):
            if other.speaker != claim.speaker or len(words) < _MIN_REPEAT:
                continue
            earlier = text[slice(*other.quote)]
            shared = (Counter(words) & Counter(earlier)).total()
            if 2 * shared >= _REPEAT_DICE * (len(words) + len(earlier)):
                best, rest = (claim, other) if len(words) > len(earlier) else (other, claim)
                best.evidence += [span for span in rest.evidence if span not in best.evidence]
                kept[number] = best
                break
        else:
            kept.append(claim)
    return kept


class _Reader(VerblessStatements):
    """One document's words of saying, read one after the other."""

    def statements(self) -> Iterator[StatementClaim]:
        text, words = self.text, speech()
        done = 0
        for match in words.verb.finditer(text):
            sentence = self.places.sentence_at(match.start())
            if match.start() < done or sentence is None or not self._is_verb(match, sentence):
                continue
            found = list(self._at_verb(match, sentence))
            yield from found
            for claim in found:
                yield from self._of_the_others(claim)
            if found:
                done = match.end()
        yield from self.without_verb()

    def _of_the_others(self, claim: StatementClaim) -> Iterator[StatementClaim]:
        """The same words from each of several speakers: 虾皮、momo表示已经完成."""
        speaker = claim.arguments[0]
        if speaker.start is None or speaker.how != "stated":
            return
        group: list[Entity] = []
        begin = None  # of the company before its person: 淘宝总裁李四
        entities = self.discourse.clause_at(speaker.start).entities
        for entity, following in zip_longest(entities, entities[1:]):
            begin = entity.start if begin is None else begin
            if following is not None and self.discourse.is_apposed(entity, following):
                continue
            beside = group and self.text[group[-1].end : begin] in _AND
            begin = None
            if entity.type not in PARTY_TYPES or not beside:
                if any(e.start == speaker.start for e in group):
                    break
                group = []
            if entity.type in PARTY_TYPES:
                group.append(entity)
        if all(e.start != speaker.start for e in group):
            return
        for entity in (e for e in group if e.start != speaker.start):
            argument = replace(speaker, name=entity.name, start=entity.start, end=entity.end)
            arguments = [argument, *claim.arguments[1:]]
            yield replace(
                claim, speaker=entity.name, role=None, arguments=arguments, evidence=[*claim.evidence]
            )

    def _is_verb(self, match: re.Match[str], sentence: tuple[int, int]) -> bool:
        """False for parts of other words (说明, 简称), other uses (被称, 没有透露) and conditions."""
        text, words = self.text, speech()
        start, end = match.start("verb"), match.end("verb")
        if words.not_behind.match(text[start : match.end() + 3]):
            return False
        if words.not_before.search(text[max(sentence[0], start - 8) : end]):
            return False
        if words.ahead.match(text, match.end()) or words.noun_behind.match(text, start):
            return False
        clause = self.discourse.clause_at(start)
        if clause.end - clause.start > _MAX_CLAUSE:
            return False
        if any(e.start < end and e.end > start for e in clause.entities):
            return False
        if words.subordinate.search(text[end : clause.end].rstrip("，,")) and clause.end < sentence[1]:
            return False  # 宣布断链之后,…
        return not words.hypothetical.search(text, max(sentence[0], start - MAX_SEGMENT), start)

    # The constructions

    def _at_verb(self, match: re.Match[str], sentence: tuple[int, int]) -> Iterator[StatementClaim]:
        text, verb, words = self.text, match["verb"], speech()
        segment = self.places.segment_start(match.start(), sentence[0])
        before = self.places.quotation_before(segment)
        start = skip_marks(text, match.end())
        if start == match.end("verb"):
            start = behind_hearer(text, verb, start, sentence[1])
        quotation = self.places.by_start.get(start + 1) if text[start : start + 1] in OPENING else None
        quoted = quotation is not None and self.places.fills(quotation, sentence)
        speaker = find_speaker(
            self.discourse, self.discourse.clause_at(match.start()), segment, match.start()
        )
        speaker = self.named_by_pronoun(speaker, segment, match.start())
        if speaker is None:
            speaker = self._carried(segment, match.start(), verb, quoted)
        if speaker is None or speaker.argument.name in words.sources:
            return
        if before is not None and self.places.is_speech(before):
            if before.start <= (speaker.argument.start or 0) < before.end:
                return  # who is only spoken of in the words themselves
            joined = text[before.end - 1] not in _FULL_STOPS
            if quoted and quotation is not None and joined:
                yield self.claim(speaker, (before.start, quotation.end), match.start(), "middle")
                return
            yield self.claim(speaker, (before.start, before.end), match.start(), "behind")
            if not quoted and not text[match.end() : start].strip():
                return  # “…”,某公司的这项承诺贴在首页
        if verb in words.estimate and speaker.kind == "party" and not self._is_person(speaker):
            return  # an institute's estimate is a source, not a statement
        if quoted and quotation is not None:
            yield self.claim(speaker, (quotation.start, quotation.end), match.start(), "before")
            return
        by_report = text[segment : match.start()].lstrip().startswith("据")
        span = self._reported(start, match, sentence, speaker, by_report)
        if span is not None:
            yield self.claim(speaker, span, match.start(), "report")

    def _is_person(self, speaker: Speaker) -> bool:
        """True where a pronoun stands for a person: 她预计."""
        name = speaker.argument.name
        return any(e.name == name and e.type == "PERSON" for e in self.discourse.document.entities)

    # What was said

    def _reported(
        self, start: int, match: re.Match[str], sentence: tuple[int, int], speaker: Speaker, by_report: bool
    ) -> tuple[int, int] | None:
        """The reported words: to the end of the sentence, or to where the narrator or another party takes over."""
        text, end, verb, words = self.text, sentence[1], match["verb"], speech()
        if start >= end:
            # 公告表示: at the end of a line gives the whole next line
            return (
                next_line(text, end)
                if ":" in text[match.end() : start] or "：" in text[match.end() : start]
                else None
            )
        quotation = enclosing(self.places.quotations, match.start())
        if quotation is not None:
            end = min(end, quotation.end)
        introduced = text[match.end() : start].strip() != ""
        if not introduced and words.hearsay.search(speaker.argument.name):
            return None  # 有报道称京东…: only where something was heard
        spoken = words.first.match(text, start)
        if spoken is not None and introduced:
            start = spoken.end()  # 发文，直言…
        if not introduced and verb not in words.announce and not self._takes_clause(match, start):
            return None
        stop = end_of_report(self.discourse, self.places.quotations, start, end, speaker, by_report=by_report)
        return trimmed(text, start, stop)

    def _takes_clause(self, match: re.Match[str], start: int) -> bool:
        """称其链接不受影响: verbs that report without a comma, and words that can only be a clause."""
        if match.end() > match.end("verb") or match["verb"] in speech().bare:
            return True
        if match["verb"] in speech().marked:
            return False
        # 爆料微盟要裁撤业务: a name, then what only a clause goes on with
        named = next((e.end for e in self.discourse.clause_at(start).entities if e.start == start), start)
        return any(speech().clause.match(self.text, offset) for offset in (start, named))

    # Who said it

    def _carried(self, segment: int, verb: int, word: str, quoted: bool) -> Speaker | None:
        """Whoever spoke or acted before in the sentence, where the verb's own clause names nobody."""
        discourse, words = self.discourse, speech()
        clause = discourse.clause_at(verb)
        between = self.text[segment:verb].strip("，, ")
        if self.last is not None and self.last[0] == clause.sentence and speaks_again(discourse, segment):
            return self.last[1]
        if len(between) > MAX_ADVERBS or enclosing(self.places.quotations, verb) is not None:
            return None
        if words.document_noun.search(between):
            owner = document_owner(discourse, clause)
            if owner is not None:
                return owner
        if words.nobody.search(between) or (word in words.weak and not quoted):
            return None
        own = discourse.subject_of(clause, segment)
        if not own or (own[0].how == "topic" and not quoted):
            return None
        return party_speaker(discourse, own[0])
