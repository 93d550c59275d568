"""The subject of a clause in the discourse: its own, or the one carried over to it."""

from ecomlink_nlp.claim.discourse import COMPANY_TYPES, Clause, Discourse
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.order import clauses_back, sentence_so_far
from ecomlink_nlp.claim.metrics.people import People
from ecomlink_nlp.claim.metrics.subject import Subject, is_season
from ecomlink_nlp.text.document import Argument

_MAX_SENTENCES_BACK = 4  # in which a subject is sought


class Topics:
    """Finds the subjects of clauses in one document."""

    def __init__(self, discourse: Discourse, people: People) -> None:
        self._discourse = discourse
        self._text = discourse.text
        self._people = people
        self._entities = {entity.end: entity for entity in discourse.document.entities}
        self._companies = {e.start: e for e in discourse.document.entities if e.type in COMPANY_TYPES}
        self._persons = {e.start: e for e in discourse.document.entities if e.type == "PERSON"}

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
        subject = self._example(clause) or self._renamed(clause) or self.launched(clause)
        if (
            subject is None
            and not self._told(clause)
            and (asked := self._people.answering(clause)) is not None
        ):
            return asked
        if subject is None and self._is_quoted(clause) and not within:
            subject = self._speaker(clause) or self._paragraph_topic(clause)
        if subject is None:
            subject = self._from_arguments(self._discourse.subject_of(clause, clause.start))
            start = self._discourse.document.sentences[clause.sentence][0]
            if within and (subject is None or subject.start is None or subject.start < start):
                return None
            if subject is not None and self._is_marked(subject, clause):
                subject = self._unmarked(clause)
        if subject is not None and not subject.named and not within and self._shares(subject):
            subject = self._unmarked(clause) or subject
        if subject is None and not within:
            subject = self._last_party(clause) or self._locus(clause) or self._asked(clause)
        if subject is None:
            return None
        return Subject(subject.name, subject.start, subject.end, "carried", subject.named)

    def _told(self, clause: Clause) -> bool:
        """True where an earlier clause of the sentence has a party as its subject."""
        earlier = sentence_so_far(self._discourse, clause)[:-1]
        return any(
            (own := self._discourse.own_subject(other)) and self._discourse.is_named(own) for other in earlier
        )

    def _shares(self, group: Subject) -> bool:
        """True for a described group that an earlier clause gives a part (外部客户贡献了七成的收入): no topic of the next."""
        if group.end is None:
            return False
        clause = self._discourse.clause_at(group.end)
        return constructions().share.match(self._text, group.end, clause.end) is not None

    def _is_marked(self, subject: Subject, clause: Clause) -> bool:
        """True for a party of an earlier sentence that is no subject there (来自京东集团的订单)."""
        start = self._discourse.document.sentences[clause.sentence][0]
        if subject.start is None or subject.start >= start:
            return False
        return (
            constructions().marked_end.search(self._text, max(0, subject.start - 5), subject.start)
            is not None
        )

    def _unmarked(self, clause: Clause) -> Subject | None:
        """The first party that is a subject in the nearest earlier sentence with one."""
        nearest: Subject | None = None
        sentence = clause.sentence
        for earlier in clauses_back(self._discourse, clause):
            if earlier.sentence != sentence and nearest is not None:
                break
            sentence = earlier.sentence
            if clause.sentence - sentence > _MAX_SENTENCES_BACK:
                break
            found = self.of_clause(earlier, earlier.end) if sentence != clause.sentence else None
            if found is not None and found.named:
                nearest = found
        return nearest

    def _is_quoted(self, clause: Clause) -> bool:
        return clause.quoted or self._text[clause.start] in "“「"

    def _speaker(self, clause: Clause) -> Subject | None:
        """The company of whoever is named after the quotation (“…。”森宿创始人陈晓说)."""
        for later in self._discourse.clauses[clause.index + 1 : clause.index + 5]:
            if later.paragraph != clause.paragraph or self._is_quoted(later):
                continue
            person = next((e for e in later.entities if e.type == "PERSON"), None)
            return None if person is None else self._people.employed(person)
        for earlier in clauses_back(self._discourse, clause):
            # “……，”森宿创始人陈晓说，“……”: the attribution interrupts the quotation
            if earlier.sentence != clause.sentence:
                break
            person = next((e for e in earlier.entities if e.type == "PERSON"), None)
            if person is not None and not self._is_quoted(earlier):
                return self._people.employed(person)
        return None

    def _paragraph_topic(self, clause: Clause) -> Subject | None:
        """The party that opens the paragraph: quoted speakers speak of it."""
        clauses = self._discourse.clauses
        opening = clause.index
        while opening and clauses[opening - 1].paragraph == clause.paragraph:
            opening -= 1
        return self.of_clause(clauses[opening], clauses[opening].end) if opening < clause.index else None

    def _last_party(self, clause: Clause) -> Subject | None:
        """The last party named before in the sentence."""
        words = constructions()
        for earlier in clauses_back(self._discourse, clause):
            if earlier.sentence != clause.sentence:
                return None
            if earlier is clause:
                continue
            for entity in reversed(earlier.entities):
                if entity.type in COMPANY_TYPES and not words.observer.search(entity.name):
                    if words.marked_end.search(
                        self._text, max(earlier.start, entity.start - 5), entity.start
                    ):
                        continue
                    return Subject(entity.name, entity.start, entity.end, "carried", named=True)
        return None

    def _locus(self, clause: Clause) -> Subject | None:
        """The platform on which something is measured (通过抖音售出的农产品达…), where the sentence names nobody else."""
        for earlier in sentence_so_far(self._discourse, clause):
            for entity in earlier.entities:
                place = constructions().locus_end.search(self._text, earlier.start, entity.start)
                where = earlier.entities[0]
                if place is not None and where.type == "LOC" and where.end == place.start():
                    return Subject(
                        where.name, where.start, where.end, "locus", named=False
                    )  # 深圳通过京东发出…
                if place is not None and entity.type in COMPANY_TYPES:
                    return Subject(entity.name, entity.start, entity.end, "locus", named=True)
        return None

    def _example(self, clause: Clause) -> Subject | None:
        """Whom the sentence takes as its example: 以杭州一家女装店为例，…"""
        start = self._discourse.document.sentences[clause.sentence][0]
        match = constructions().example.search(self._text, start, clause.start)
        if match is None:
            return None
        begin, end = match.span("whole")
        named = [e for e in self._discourse.clause_at(begin).entities if begin <= e.start and e.end <= end]
        if named and named[-1].end == end:
            return Subject(named[-1].name, named[-1].start, named[-1].end, "carried", named=True)
        begin = max([begin, *(e.end for e in named if e.start == begin)])
        if (one := constructions().one.search(self._text, begin, end)) is not None:
            begin = one.end()
        return Subject(self._text[begin:end], begin, end, "carried", named=False)

    def _asked(self, clause: Clause) -> Subject | None:
        """The party that the question right before asks about (得物有多大？多位员工的说法接近：…)."""
        if clause.sentence == 0:
            return None
        start, end = self._discourse.document.sentences[clause.sentence - 1]
        if self._text[end - 1] not in "？?":
            return None
        asked = self._discourse.clause_at(start)
        return self.of_clause(asked, asked.end)

    def _renamed(self, clause: Clause) -> Subject | None:
        """The new name that an earlier clause of the sentence gives the party (更名为“京东秒送”)."""
        for earlier in clauses_back(self._discourse, clause):
            if earlier.sentence != clause.sentence:
                return None
            for entity in earlier.entities:
                if entity.end <= clause.start and constructions().renamed_end.search(
                    self._text, earlier.start, entity.start
                ):
                    return Subject(entity.name, entity.start, entity.end, "carried", named=True)
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
        if entity is None and first.end is not None and first.end in self._persons:
            entity = self._persons[first.end]  # 快手主播辛巴: the group only says who the person is
        if entity is not None and entity.type == "PERSON":
            if (company := self._companies.get(entity.end + 1)) and self._text[entity.end] == "的":
                return Subject(
                    company.name, company.start, company.end, "stated", named=True
                )  # 罗永浩的交个朋友
            return self._people.employed(entity) or self._people.star(entity, within=True)
        if entity is not None and constructions().researcher_end.search(
            self._text, max(0, entity.start - 8), entity.start
        ):
            return None
        if constructions().observer.search(first.name):
            return None
        if entity is not None and constructions().surveyed.match(self._text, entity.end):
            return None  # 毕马威与阿里研究院的报告估算
        named = self._discourse.is_named(arguments)
        if not named and not self._owns(first):
            return None
        return Subject(first.name, first.start, first.end, first.how, named=named)

    def _owns(self, group: Argument) -> bool:
        """False for groups that only speak of figures (业内人士) or use what is measured (每位用户)."""
        words = constructions()
        if words.groups_end.search(group.name) is None or group.start is None:
            return False
        if self._text[group.end or 0 : (group.end or 0) + 1] in {"老", "小", "阿"}:
            return False  # 骑手老王
        return (
            group.name not in words.plain
            or words.one_end.search(self._text, max(0, group.start - 12), group.start) is not None
        )
