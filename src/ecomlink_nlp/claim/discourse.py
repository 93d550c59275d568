"""Clauses, who they are about and when: the ground that events, metrics and statements stand on.

Notes for a newcomer. Chinese drops subjects freely, so most of the work of a claim is knowing whom a clause
is about. The rules here are few and by position: the first mention of a clause that no preposition marks is its
subject, with the names coordinated to it; a clause without one takes it over from the clause before (of the
same sentence, then of the sentence before). Referring words (它, 该公司, 前者, 双方) are looked up among the mentions
before them. Each answer says how it was found (`Argument.how`), and claims lose score with each step.
"""

import re
from bisect import bisect_right

from ecomlink_nlp.claim.affiliations import Affiliations
from ecomlink_nlp.claim.clauses import COMPANY_TYPES, PARTY_TYPES, Clause, Clauses, Mention
from ecomlink_nlp.claim.discourse_words import words
from ecomlink_nlp.claim.referents import Referents, is_observer
from ecomlink_nlp.text.document import Argument, Document, Entity

__all__ = ["COMPANY_TYPES", "Clause", "Discourse", "Mention"]

_GOVERNED = 18  # characters of a verb and what kind of party its object is: 入股冷链业者冰屋科技
# A partner rather than a second subject.
_WITH = frozenset({"与", "跟", "同"})
_BOTH_ACT = re.compile("双双|双方|都|均|皆|共同|联合|联手|一起|一同|携手|分别|各自|先后|相继|同时")

# 推出的短视频工具“灯塔”, : the relative clause before a name and the end of its noun phrase
_MADE = re.compile(
    r"(?:推出|上线|孵化|打造|创办|发布|开发|收购|投资|入股|创立|创建|搭建|自研|研发|控股|买下|分拆|拆分|主推|力推|内测|开设|设立|做|发起|举办|运营|领投|注资|持股|控制|[追连]投[^，,的]{0,4}|砍掉|关停|关闭|出售|卖掉|转让)(?:了|过|出来?|起来|下来)?的[\u4e00-\u9fff]{0,10}[“「『《]?$"
)
_END = re.compile(r"[”」』》]?(?:App|APP|平台|频道|服务|业务|小程序|功能|项目|计划|品牌)?[”」』》]?[，,]")


class Discourse(Clauses):
    """The clauses of a document with subjects and referents resolved on demand."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._subjects: dict[int, list[Argument] | None] = {}
        self._own: dict[int, list[Argument]] = {}
        self._named: dict[int, list[Entity]] = {}
        self._referents = Referents(self)
        self.affiliations = Affiliations(self)

    def explicit_subject(self, clause: Clause, before: int | None = None) -> list[Argument] | None:
        """Return who stands as subject in the clause itself, left of ``before``; None where nobody does."""
        limit = clause.end if before is None else before
        groups = self.unmarked_groups(clause, limit)
        for position, group in enumerate(groups):
            if position + 1 < len(groups) and self.is_apposed(group[-1], groups[position + 1][0]):
                continue
            arguments = [argument for member in group for argument in self.resolve(member)]
            if arguments:
                return arguments
        return None

    def unmarked_groups(self, clause: Clause, limit: int) -> list[list[Mention]]:
        """Return the parties left of ``limit`` that no preposition marks, coordinated ones together."""
        groups: list[list[Mention]] = []
        done = 0
        for mention in clause.mentions:
            if mention.start >= limit:
                break
            if mention.start < done:
                continue
            group = [member for member in self.coordinated(clause, mention) if member.end <= limit]
            done = group[-1].end if group else mention.end
            if mention.entity is not None and mention.entity.type not in PARTY_TYPES:
                continue
            if mention.kind in {"generic", "group"} and not self.opens(clause, mention):
                continue
            if words().governing.search(
                self.text, max(clause.start, mention.start - _GOVERNED), mention.start
            ):
                continue
            if group and not self.is_marked(mention, clause.start):
                groups.append(group)
        return groups

    def subject_of(self, clause: Clause, before: int | None = None) -> list[Argument] | None:
        """Return whom the clause is about: its own subject, else the one carried over; None where unknown.

        ``before`` bounds the search in the clause itself (the place of the verb). A list, since subjects are
        coordinated (腾讯和红杉中国); each `Argument` has role ``subject`` and says how it was found.
        """
        own = self.explicit_subject(clause, before)
        if own is not None:
            return own
        return self._carried(clause)

    def _carried(self, clause: Clause) -> list[Argument] | None:
        if clause.index in self._subjects:
            return self._subjects[clause.index]
        self._subjects[clause.index] = None  # a guard while referents are resolved
        found: list[Argument] | None = None
        group: list[Argument] | None = None
        for earlier in self.before(clause, 0):
            subject = self.own_subject(earlier)
            if subject and self.is_named(subject):
                found = self._leading(earlier, subject)
                break
            group = group or subject or None
        # A described group passes its place on only where the sentence names nobody.
        found, how = found or group, "carried"
        if found is None:
            found, how = self.topic_before(clause), "topic"
        if found is not None:
            found = [Argument(a.role, a.name, a.start, a.end, how) for a in found]
        self._subjects[clause.index] = found
        return found

    def is_unknown_person(self, clause: Clause, before: int) -> bool:
        """True where the clause, or the sentence before it in it, is about a 她 or 他 whom the text does not name."""
        for earlier in (clause, *self.before(clause, 0)):
            if not any(m.kind == "speaker" for m in earlier.mentions):
                if earlier is not clause and self.own_subject(earlier):
                    break
                continue
            limit = before if earlier is clause else earlier.end
            groups = self.unmarked_groups(earlier, limit)
            if groups and groups[0][0].kind == "speaker":
                says = words().says.match(self.text, groups[0][0].end) is not None  # 她说得物改用…
                return not says and not self.resolve(groups[0][0])
            if groups:
                break
        return False

    def _leading(self, clause: Clause, subject: list[Argument]) -> list[Argument]:
        """Of 瑞幸与美团签下协议 only the first goes on, unless the verb says that both act."""
        group = next(iter(self.unmarked_groups(clause, clause.end)), [])
        if (head := self._head(clause, subject)) is not None:
            return [head]
        if len(subject) < 2 or len(group) < 2:
            return subject
        between = self.text[group[0].end : group[1].start].strip("”」 “「")
        if between not in _WITH or _BOTH_ACT.search(self.text, group[1].end, clause.end):
            return subject
        return self.resolve(group[0]) or subject

    def _head(self, clause: Clause, subject: list[Argument]) -> Argument | None:
        """The head of a clause that is only a noun phrase: 知乎去年12月上线的短视频工具“灯塔”,今年5月便…."""
        last, start = clause.mentions[-1], subject[0].end
        if last.entity is None or last.entity.type not in PARTY_TYPES or start is None or last.start <= start:
            return None
        if (
            _END.fullmatch(self.text, last.end, clause.end) is None
            or _MADE.search(self.text, start, last.start) is None
        ):
            return None
        return Argument("subject", last.text, last.start, last.end)

    def topic_before(self, clause: Clause) -> list[Argument] | None:
        """The first subject of the nearest earlier sentence that has one, at most three sentences back."""
        for sentence in range(
            clause.sentence - 1, max(self.item_starts[clause.sentence], clause.sentence - 3) - 1, -1
        ):
            for earlier in self._clauses_of(sentence):
                found = self.own_subject(earlier)
                if found and self.is_named(found) and not is_observer(found[0].name):
                    return found
        return None

    def employer(self, person: str) -> str | None:
        """Return the company that the document gives a person, by the role before the name; None where it gives none."""
        return self.affiliations.employers.get(person)

    def parent(self, name: str) -> str | None:
        """Return the company that the document puts above another one (嘉里物流旗下的嘉里快递); None where it does not."""
        return self.affiliations.parents.get(name)

    @staticmethod
    def is_named(subject: list[Argument]) -> bool:
        """True where the subject is a name or refers to one, False for a described group (用户, 商家)."""
        return any(argument.name not in words().groups for argument in subject)

    def _clauses_of(self, sentence: int) -> list[Clause]:
        start = self.document.sentences[sentence][0]
        first = bisect_right(self.starts, start) - 1
        found = []
        for index in range(first, len(self.clauses)):
            if self.clauses[index].sentence != sentence:
                break
            found.append(self.clauses[index])
        return found

    def own_subject(self, clause: Clause) -> list[Argument]:
        """The explicit subject of a clause, kept, since later clauses and referring words ask for it again."""
        if clause.index not in self._own:
            self._own[clause.index] = []  # a guard while referents are resolved
            self._own[clause.index] = self.explicit_subject(clause) or []
        return self._own[clause.index]

    def _court_before(self, mention: Mention) -> Mention | None:
        """The court that only its place names, in this sentence or the one before."""
        clause = self.clause_at(mention.start)
        for earlier in self.before(clause, 1):
            for other in earlier.mentions:
                if other.kind == "group" and other.text.endswith("法院") and other.text != mention.text:
                    return other
        return None

    def _people_before(self, mention: Mention) -> list[Argument]:
        """The described group that 他们 means: 惹怒骑手,他们向人社局举报."""
        clause = self.clause_at(mention.start)
        for earlier in self.before(clause, 1):
            for other in reversed(earlier.mentions):
                if other.kind == "group" and not other.text.endswith(("法院", "部门", "机构", "局")):
                    return [Argument("subject", other.text, other.start, other.end, "anaphor")]
        return []

    def resolve(self, mention: Mention) -> list[Argument]:
        """Return what a mention refers to: itself for a name or group, the referents of a referring word."""
        if mention.kind in {"entity", "group"}:
            return [Argument("subject", mention.text, mention.start, mention.end)]
        if mention.text in {"他们", "她们"} and (people := self._people_before(mention)):
            return people
        if mention.start not in self._named:
            self._named[mention.start] = self._referents.of(mention)
        names = self._named[mention.start]
        if not names and mention.text == "法院":
            court = self._court_before(mention) or mention  # 在上海法院赢了美团。法院判决…
            return [Argument("subject", court.text, court.start, court.end)]
        return [Argument("subject", entity.name, entity.start, entity.end, "anaphor") for entity in names]
