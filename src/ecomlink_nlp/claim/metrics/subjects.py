"""Whose measure it is: the noun phrase before the measure, else the subject of its clause, else the one carried over."""

from dataclasses import dataclass

from ecomlink_nlp.claim.discourse import COMPANY_TYPES, Clause, Discourse
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.text.document import Argument, Entity

_NAMED = COMPANY_TYPES | {"WORK"}
_MAX_STEPS = 14
_MAX_TITLE = 16  # characters between an employer and a person's name


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what is measured. ``named`` is False for a described group, ``counted`` True behind a number."""

    name: str
    start: int | None
    end: int | None
    how: str
    named: bool
    counted: bool = False

    def argument(self) -> Argument:
        """Return the subject as an argument of a claim."""
        return Argument("subject", self.name, self.start, self.end, self.how)


class Subjects:
    """Finds subjects in one document."""

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse
        self._text = discourse.text
        document = discourse.document
        self._entities = {entity.end: entity for entity in document.entities}
        self._times = {time.end: time for time in document.times}
        self._employers: dict[str, str | None] = {}

    def before(self, clause: Clause, limit: int, end: int, *, counted: bool = False) -> Subject | None:
        """Return the party or described group right before ``end``, no further left than ``limit``.

        ``counted`` says that a number stands at ``limit`` (近200个品牌销售额), so that a bare noun is a group too.
        None where the words before ``end`` name nobody.
        """
        words, text, position = constructions(), self._text, end
        for _ in range(_MAX_STEPS):
            if position <= limit:
                return self._fronted(clause) if position == clause.start else None
            entity = self._entities.get(position)
            if entity is not None and entity.start >= limit:
                if entity.type == "LOC":
                    return Subject(entity.name, entity.start, entity.end, "stated", named=False)
                if entity.type in _NAMED or (entity.type == "EVENT" and not is_season(entity.name)):
                    return self._party(limit, entity)
                if entity.type == "PERSON":
                    return self._employed(entity) or self._star(entity)
                position = entity.start
                continue
            if (time := self._times.get(position)) is not None and time.start >= limit:
                position = time.start
                continue
            noun = words.groups_end.search(text, max(limit, position - 8), position)
            filler = words.filler_end.search(text, max(limit, position - 12), position)
            if noun is not None and (filler is None or noun.start() <= filler.start()):
                return self._group(clause, limit, position, counted)
            region = words.region_end.search(text, limit, position)
            if region is not None and self._entities.get(region.start()) is None:
                return Subject(region[0], region.start(), region.end(), "stated", named=False)
            if filler is None:
                return None
            position = filler.start()
        return None

    def _fronted(self, clause: Clause) -> Subject | None:
        """A noun phrase that fills the clause before: 快速增长的中小主播，订单量翻了一番."""
        if clause.index == 0:
            return None
        previous = self._discourse.clauses[clause.index - 1]
        end = previous.end - 1
        if previous.sentence != clause.sentence or self._text[end] not in "，," or previous.values:
            return None
        found = (
            self._group(previous, previous.start, end, False)
            if self._ends_in_group(previous.start, end)
            else None
        )
        if found is None or found.start is None or found.named:
            return None
        phrase_opens = found.start == previous.start or self._text[found.start - 1] == "的"
        return found if phrase_opens else None

    def _ends_in_group(self, start: int, end: int) -> bool:
        return constructions().groups_end.search(self._text, max(start, end - 8), end) is not None

    def _party(self, limit: int, entity: Entity) -> Subject | None:
        if constructions().marked_end.search(self._text, max(limit, entity.start - 5), entity.start):
            return None
        return Subject(entity.name, entity.start, entity.end, "stated", named=True)

    def _group(self, clause: Clause, limit: int, end: int, counted: bool) -> Subject | None:
        words, text = constructions(), self._text
        noun = words.groups_end.search(text, max(limit, end - 8), end)
        assert noun is not None
        left = self._left_edge(clause, limit, noun.start())
        start = left
        if counted and left == limit:
            classifier = words.classifier.match(text, left, noun.start())
            start = classifier.end() if classifier else left
        phrase = text[start:end]
        if "的" in phrase[:-1]:
            start += phrase.rindex("的", 0, len(phrase) - 1) + 1
            phrase = text[start:end]
        leading = words.leading.match(phrase)
        if leading is not None and leading.end() < len(phrase):
            start += leading.end()
            phrase = text[start:end]
        owner = self._entities.get(left) or self._entities.get(left - 1)
        if phrase.startswith("平台") and "、" not in phrase and (owner is None or owner.type == "LOC"):
            return self._platform(clause, start)
        if phrase in words.plain or phrase.endswith(("用户", "买家", "消费者", "会员")):
            if owner is not None and owner.type in COMPANY_TYPES | {"PERSON"} and owner.start >= limit:
                return self._party(limit, owner)
            if phrase in words.plain and not counted and phrase not in words.sectors:
                return None
        if phrase.startswith(("这", "该", "其")) or text[start - 2 : start] in {
            "每位",
            "每名",
            "每个",
            "每家",
        }:
            return None
        if owner is not None and owner.end == start and owner.type in COMPANY_TYPES and owner.start >= limit:
            start = owner.start
            phrase = text[start:end]
        phrase = phrase.strip("“”‘’「」『』 ")
        if not phrase:
            return None
        return Subject(phrase, start, end, "stated", named=False, counted=counted)

    def _platform(self, clause: Clause, before: int) -> Subject | None:
        """平台短视频播放量 is of the platform that the sentence speaks of."""
        for earlier in self._discourse.sentence_clauses(clause.sentence):
            for entity in earlier.entities:
                if entity.type == "PLATFORM" and entity.end <= before:
                    found = self._party(earlier.start, entity)
                    if found is not None:
                        return Subject(found.name, found.start, found.end, "anaphor", named=True)
        return None

    def _left_edge(self, clause: Clause, limit: int, end: int) -> int:
        """Where the noun phrase that ends at ``end`` can begin at most."""
        edge = limit
        for match in constructions().stop.finditer(self._text, limit, end):
            if match["stop"] is not None:
                edge = max(edge, match.end())
        for time in clause.times:
            if time.end <= end:
                edge = max(edge, time.end)
        for entity in clause.entities:
            if entity.end <= end and entity.type in COMPANY_TYPES | {"PERSON"}:
                edge = max(edge, entity.end)
        return edge

    def head(self, clause: Clause, start: int) -> Subject | None:
        """Return the group that a figure qualifies: (成交过千万)的单品, (千亿GMV)生态伙伴."""
        match = constructions().head.match(self._text, start, clause.end)
        if match is None:
            return None
        return Subject(
            match["noun"], match.start("noun"), match.end("noun"), "stated", named=False, counted=True
        )

    def described(self, clause: Clause, limit: int, end: int) -> Subject | None:
        """Return the counted group that ends at ``end`` with its relative clause: 首次参加活动的品牌商家(超过4000家)."""
        words, text = constructions(), self._text
        noun = words.groups_end.search(text, max(limit, end - 8), end)
        if noun is None:
            return None
        start = self._left_edge(clause, limit, noun.start())
        if text[start] == "的":
            return None  # a clause with a figure of its own stands before
        relative = "的" in text[start : end - 1] or text[start - 1 : start] == "的"
        if not relative:
            return None
        return Subject(text[start:end].strip("“”"), start, end, "stated", named=False)

    def of_clause(self, clause: Clause, before: int) -> Subject | None:
        """Return who stands as subject in the clause itself; a person is the company that the person speaks for."""
        found = self._from_arguments(self._discourse.explicit_subject(clause, before))
        if found is None or found.start is None:
            return found
        if found.how == "anaphor":
            return self.launched(clause) or found
        if constructions().marked_end.search(self._text, max(clause.start, found.start - 5), found.start):
            return None
        return found

    def carried(self, clause: Clause, *, within: bool = False) -> Subject | None:
        """Return who the clause is about where it does not say so; ``within`` looks only in its own sentence."""
        subject = self.launched(clause)
        if subject is None and self._is_quoted(clause) and not within:
            subject = self._speaker(clause) or self._paragraph_topic(clause)
        if subject is None:
            subject = self._from_arguments(self._discourse.subject_of(clause, clause.start))
            start = self._discourse.document.sentences[clause.sentence][0]
            if within and (subject is None or subject.start is None or subject.start < start):
                return None
        subject = subject or (None if within else self._last_party(clause))
        if subject is None:
            return None
        return Subject(subject.name, subject.start, subject.end, "carried", subject.named)

    def _is_quoted(self, clause: Clause) -> bool:
        return clause.quoted or self._text[clause.start] in "“「"

    def _speaker(self, clause: Clause) -> Subject | None:
        """The company of whoever is named after the quotation (“…。”森宿创始人陈晓说)."""
        for later in self._discourse.clauses[clause.index + 1 : clause.index + 5]:
            if later.paragraph != clause.paragraph or self._is_quoted(later):
                continue
            person = next((e for e in later.entities if e.type == "PERSON"), None)
            return None if person is None else self._employed(person)
        return None

    def place(self, limit: int, end: int) -> Subject | None:
        """Return the platform on which people spend (用户在淘宝平均花168元)."""
        entity = self._entities.get(end)
        if entity is None or entity.type not in COMPANY_TYPES or self._text[entity.start - 1] != "在":
            return None
        return (
            Subject(entity.name, entity.start, entity.end, "stated", named=True)
            if entity.start > limit
            else None
        )

    def _paragraph_topic(self, clause: Clause) -> Subject | None:
        """The party that opens the paragraph: quoted speakers speak of it."""
        clauses = self._discourse.clauses
        opening = clause.index
        while opening and clauses[opening - 1].paragraph == clause.paragraph:
            opening -= 1
        return self.of_clause(clauses[opening], clauses[opening].end) if opening < clause.index else None

    def _last_party(self, clause: Clause) -> Subject | None:
        for earlier in reversed(self._discourse.clauses[: clause.index]):
            if earlier.sentence != clause.sentence:
                return None
            for entity in reversed(earlier.entities):
                if entity.type in COMPANY_TYPES and not constructions().observer.search(entity.name):
                    return self._party(earlier.start, entity)
        return None

    def launched(self, clause: Clause) -> Subject | None:
        """Return what an earlier clause of the sentence brings out (推出「PX外送」，月费99元)."""
        if constructions().continuing.match(self._text, clause.start):
            return None  # 又, 并: whoever acted before goes on
        for earlier in reversed(self._discourse.clauses[max(0, clause.index - 2) : clause.index]):
            if earlier.sentence != clause.sentence:
                break
            things = [
                e
                for e in earlier.entities
                if e.type in {"PRODUCT", "WORK", "EVENT"} and not is_season(e.name)
            ]
            for thing in reversed(things):
                if constructions().launch.search(self._text, earlier.start, thing.start):
                    return Subject(thing.name, thing.start, thing.end, "carried", named=True)
        return None

    def _from_arguments(self, arguments: list[Argument] | None) -> Subject | None:
        if not arguments:
            return None
        first = arguments[0]
        entity = self._entities.get(first.end) if first.end is not None else None
        if entity is not None and entity.type == "PERSON":
            return self._employed(entity) or self._star(entity)
        if constructions().observer.search(first.name):
            return None
        named = self._discourse.is_named(arguments)
        if not named and not self._owns(first):
            return None
        return Subject(first.name, first.start, first.end, first.how, named=named)

    def _owns(self, group: Argument) -> bool:
        """False for groups that only speak of figures (业内人士) or use what is measured (每位用户)."""
        words = constructions()
        if words.groups_end.search(group.name) is None or group.start is None:
            return False
        return group.name not in words.plain or words.one_end.search(self._text, 0, group.start) is not None

    def _employed(self, person: Entity) -> Subject | None:
        """The company of a person, from the mention that stands with a title: 抖音电商总裁康泽宇."""
        if person.name not in self._employers:
            self._employers[person.name] = self._employer(person.name)
        name = self._employers[person.name]
        if name is None:
            return None
        return Subject(name, None, None, "affiliation", named=True)

    def _star(self, person: Entity) -> Subject | None:
        """A person without a company owns figures (主播李佳琦) unless only speaking of them."""
        clause = self._discourse.clause_at(person.start)
        if constructions().publishing.search(self._text, person.end, clause.end):
            return None
        return Subject(person.name, person.start, person.end, "stated", named=True)

    def _employer(self, name: str) -> str | None:
        entities = self._discourse.document.entities
        for index, person in enumerate(entities):
            if person.type != "PERSON" or person.name != name or index == 0:
                continue
            employer = entities[index - 1]
            between = self._text[employer.end : person.start]
            if (
                employer.type in COMPANY_TYPES
                and len(between) <= _MAX_TITLE
                and constructions().title.search(between)
                and not any(mark in between for mark in "，。；,;：:")
            ):
                return employer.name
        return None


def is_season(name: str) -> bool:
    """True for a festival or yearly campaign that dates a figure rather than owns it (双11, 618, 购物节).

    >>> is_season("双11"), is_season("超级品牌日")
    (True, False)
    """
    return name.endswith(("节", "季", "开门红", "中秋", "元旦")) or any(sign.isdigit() for sign in name[:4])
