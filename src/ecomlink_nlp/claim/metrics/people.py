"""People who own or only speak of figures, and the companies that they speak for."""

import re

from ecomlink_nlp.claim.discourse import COMPANY_TYPES, Clause, Discourse, Mention
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.subject import Subject
from ecomlink_nlp.text.document import Entity

_MAX_TITLE = 16  # characters between an employer and a person's name
_ANSWER = re.compile(r"[ \u3000]*(?:答|A\d*|回答)[ \u3000]*[：:]")
_LABEL = re.compile(r"[ \u3000]*[：:]")


class People:
    """Finds who stands behind a person in one document."""

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse
        self._text = discourse.text
        self._employers: dict[str, str | None] = {}
        self._labels = {e.start: e for e in discourse.document.entities if e.type == "PERSON"}

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

    def answering(self, clause: Clause) -> Subject | None:
        """The company of whoever answers in an interview (答：…, 方若琳：…): what has no subject there is its."""
        if not self._discourse.is_interview:
            return None
        line = self._text.rfind("\n", 0, clause.start) + 1
        person = self._labels.get(line)
        if person is not None and _LABEL.match(self._text, person.end) is not None:
            return self.employed(person)
        if _ANSWER.match(self._text, line) is None:
            return None
        company = self._discourse.resolve(Mention(line, line, "我们", "we"))
        return Subject(company[0].name, None, None, "affiliation", named=True) if company else None

    def _introduced(self, person: Entity) -> str | None:
        """The company spoken of where a bare title stands before the person (创始人方若琳)."""
        clause = self._discourse.clause_at(person.start)
        title = constructions().owner_end.search(self._text, clause.start, person.start)
        if title is None or clause.quoted:
            return None
        resolved = self._discourse.resolve(Mention(person.start, person.start, "公司", "generic"))
        return resolved[0].name if resolved else None

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
        first = next((e for e in entities if e.type == "PERSON" and e.name == name), None)
        return None if first is None else self._introduced(first)

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
