"""People who own or only speak of figures, and the companies that they speak for."""

from ecomlink_nlp.claim.discourse import COMPANY_TYPES, Discourse
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.subject import Subject
from ecomlink_nlp.text.document import Entity

_MAX_TITLE = 16  # characters between an employer and a person's name


class People:
    """Finds who stands behind a person in one document."""

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse
        self._text = discourse.text
        self._employers: dict[str, str | None] = {}

    def owner(self, person: Entity) -> Subject | None:
        """Return the company of the person, else the person where that is no mere speaker, else None."""
        return self.employed(person) or self.star(person)

    def employed(self, person: Entity) -> Subject | None:
        """The company of a person, from the mention that stands with a title: 抖音电商总裁康泽宇."""
        if person.name not in self._employers:
            self._employers[person.name] = self._employer(person.name)
        name = self._employers[person.name]
        if name is None:
            return None
        return Subject(name, None, None, "affiliation", named=True)

    def star(self, person: Entity, *, within: bool = False) -> Subject | None:
        """A person without a company owns figures (李佳琦直播间) unless only speaking of them.

        ``within`` asks for one known as a performer (主播李佳琦), where the person only stands somewhere in the clause.
        """
        clause = self._discourse.clause_at(person.start)
        shows = constructions().performing.search(self._text, person.end, clause.end)
        if (
            within
            and shows is None
            and constructions().performer_end.search(self._text, max(0, person.start - 6), person.start)
            is None
        ):
            return None
        if constructions().publishing.search(self._text, person.end, clause.end):
            return None
        return Subject(person.name, person.start, person.end, "stated", named=True)

    def _employer(self, name: str) -> str | None:
        entities = self._discourse.document.entities
        for index, person in enumerate(entities):
            if person.type != "PERSON" or person.name != name:
                continue
            if (referred := self._referred(person)) is not None:
                return referred
            if index == 0:
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

    def _referred(self, person: Entity) -> str | None:
        """The company in 其负责人肖昆, 公司CFO毛基业."""
        clause = self._discourse.clause_at(person.start)
        for mention in clause.mentions:
            between = self._text[mention.end : person.start]
            if mention.kind in {"topic", "generic"} and 0 < len(between) <= _MAX_TITLE:
                resolved = self._discourse.resolve(mention)
                if resolved and constructions().title.search(between):
                    return resolved[0].name
        return None
