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
                return None
            entity = self._entities.get(position)
            if entity is not None and entity.start >= limit:
                if entity.type == "LOC":
                    return Subject(entity.name, entity.start, entity.end, "stated", named=False)
                if entity.type in _NAMED or (entity.type == "EVENT" and not is_season(entity.name)):
                    return self._party(limit, entity)
                if entity.type == "PERSON":
                    return self._employed(entity)
                position = entity.start
                continue
            if (time := self._times.get(position)) is not None and time.start >= limit:
                position = time.start
                continue
            if words.groups_end.search(text, max(limit, position - 8), position):
                return self._group(clause, limit, position, counted)
            filler = words.filler_end.search(text, max(limit, position - 12), position)
            if filler is None:
                return None
            position = filler.start()
        return None

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
        owner = self._entities.get(left) or self._entities.get(left - 1)
        if phrase in words.plain:
            if owner is not None and owner.type in COMPANY_TYPES and owner.start >= limit:
                return self._party(limit, owner)
            if not counted and phrase not in words.sectors:
                return None
        if phrase.startswith(("平台", "全站")) and len(phrase) > 2 and phrase not in words.plain:
            # 平台短视频播放量: the platform spoken of
            return None
        if owner is not None and owner.end == start and owner.type in COMPANY_TYPES and owner.start >= limit:
            start = owner.start
            phrase = text[start:end]
        phrase = phrase.strip("“”‘’「」『』 ")
        if not phrase:
            return None
        return Subject(phrase, start, end, "stated", named=False, counted=counted)

    def _left_edge(self, clause: Clause, limit: int, end: int) -> int:
        """Where the noun phrase that ends at ``end`` can begin at most."""
        edge = limit
        for match in constructions().stop.finditer(self._text, limit, end):
            edge = max(edge, match.end())
        for time in clause.times:
            if time.end <= end:
                edge = max(edge, time.end)
        for entity in clause.entities:
            if entity.end <= end and entity.type in COMPANY_TYPES:
                edge = max(edge, entity.end)
        return edge

    def described(self, clause: Clause, limit: int, end: int) -> Subject | None:
        """Return the counted group that ends at ``end`` with its relative clause: 首次参加活动的品牌商家(超过4000家)."""
        words, text = constructions(), self._text
        noun = words.groups_end.search(text, max(limit, end - 8), end)
        if noun is None:
            return None
        start = self._left_edge(clause, limit, noun.start())
        relative = "的" in text[start : end - 1] or text[start - 1 : start] == "的"
        if not relative:
            return None
        return Subject(text[start:end].strip("“”"), start, end, "stated", named=False)

    def of_clause(self, clause: Clause, before: int) -> Subject | None:
        """Return who stands as subject in the clause itself; a person is the company that the person speaks for."""
        return self._from_arguments(self._discourse.explicit_subject(clause, before))

    def carried(self, clause: Clause) -> Subject | None:
        """Return who the clause is about where it does not say so."""
        subject = self.launched(clause) or self._from_arguments(
            self._discourse.subject_of(clause, clause.start)
        )
        if subject is None:
            return None
        return Subject(subject.name, subject.start, subject.end, "carried", subject.named)

    def launched(self, clause: Clause) -> Subject | None:
        """Return what an earlier clause of the sentence brings out (推出「PX外送」，月费99元)."""
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
            return self._employed(entity)
        named = self._discourse.is_named(arguments)
        if not named and not constructions().groups_end.search(first.name):
            return None  # those who speak of figures (业内人士, 网友) do not own them
        return Subject(first.name, first.start, first.end, first.how, named=named)

    def _employed(self, person: Entity) -> Subject | None:
        """The company of a person, from the mention that stands with a title: 抖音电商总裁康泽宇."""
        if person.name not in self._employers:
            self._employers[person.name] = self._employer(person.name)
        name = self._employers[person.name]
        if name is None:
            return None
        return Subject(name, None, None, "affiliation", named=True)

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
