"""Whom a referring word means: 它, 该公司, 前者, 双方, 对方, 我们.

Notes for a newcomer. Each kind of word (`data/discourse.toml`) looks among the parties named in the last sentences by
a rule of its own: the last pair for 双方, the topic for 它, the speaker's company for 我们.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from ecomlink_nlp.claim.authorities import is_authority
from ecomlink_nlp.claim.clauses import COMPANY_TYPES, PARTY_TYPES, Clause, Mention
from ecomlink_nlp.claim.discourse_words import words
from ecomlink_nlp.text.document import Argument, Entity

if TYPE_CHECKING:
    from ecomlink_nlp.claim.discourse import Discourse

_ACCORDING = re.compile("据|根据|按照?")
_COURTS = ("法院", "中院", "高院", "法庭", "最高法")
_OBSERVER = re.compile(
    r"(?:咨询|研究院|研究所|研究中心|智库|证券|日报|晚报|早报|周报|时报|晨报|都市报|财经|新闻|通讯社|电视台|杂志|统计局|统计处|CNNIC|QuestMobile|易观|艾瑞|尼尔森|网经社)$"
)
# What may be an object, and verbs that have another than their subject.
_OBJECTS = frozenset(
    {"它", "其", "他们", "它们", "该公司", "这家公司", "该平台", "该品牌", "该企业", "这家企业"}
)
_SHARE = re.compile(r"[^，,。；的]{0,8}的?(?:股权|股份|新股|可转债|轮融资)")
_GIVES = re.compile(
    r"(?:收购|买下|买走|吃下|吞下|并购|入股|投资|投了|注资|领投|跟投|参投|参与|参加|加入|跟进|拿下|拿到|取得|获得|换来|换取|换得|认购|买入|购入|受让|接手|接过|接盘|控股|增持|盯上|看上|看中|相中|持有|押注|加码|给|成为|成了)了?[“「]?$"
)
_ENDS = re.compile(
    r"(?:运营|经营|关停|关闭|关掉|下线|砍掉|叫停|裁撤|停掉|终止|放弃|撤掉|解散|推出|上线|发布|孵化|收购|买下|卖掉|出售)了?$"
)
_DEFINES = re.compile(
    r"(?:股份)?(?:有限)?(?:公司)?[（(](?:以下|下文)?(?:统?简称|称)(?:为)?[“「\"']?(?:本?公司|本?平台|本?集团|我们|我司|本品牌)"
)
_SIGNS = re.compile(
    r"(?:股份有限公司|有限公司|公司)?(?:董事会|运营团队|官方团队|管理委员会|客服中心|安全中心)?[ \t]{0,4}\n{1,3}[ \t]{0,8}(?:[〇零一二三四五六七八九十\d]{2,4}年|\d{4}[-/.])"
)
_NO_PLATFORM = ("品牌", "超市", "厂商", "零售商", "服务商", "连锁", "企业", "机构")
_BUSINESS = re.compile(
    r"(?:电商|平台|商城|超市)?的?[^，,。；的]{0,8}(?:业务|订单|包裹|快件|件|生意|服务|配送|仓储|物流|合同|线路)"
)
_OFFICER = re.compile(
    r"(?:的?[一某两几多]?[位名个])?[^，,。、的与和]{0,8}(?:负责人|总监|总裁|经理|高管|发言人|客服|董秘|创办人|总经理|秘书|主管|创始人|合伙人|CEO|COO|CFO|CTO|董事长|员工|方面|人士)"
)
# A document's main topic has at least so many mentions, and such a part of all mentions of companies.
_MAIN_MENTIONS = 5
_MAIN_SHARE = 0.35
_MINOR = 4  # mentions
# A clause of time or reason sets the scene and passes no topic on: 失去快手的支撑之后,
_SUBORDINATE = re.compile(r"(?:之后|以后|后|之前|以前|之际|之时|时|期间|的同时|以来)[，,]?$")


def is_body(entity: Entity) -> bool:
    """True for government bodies and courts; a company's name may end like theirs (唯品会)."""
    return entity.type == "ORG" and is_authority(entity.name)


def is_observer(name: str) -> bool:
    """True for those who report on others and whom no text goes on about: papers, institutes, brokers.

    >>> is_observer("青禾咨询"), is_observer("拼多多")
    (True, False)
    """
    return _OBSERVER.search(name) is not None


def _has_former(clause: Clause) -> bool:
    return any(m.kind == "former" for m in clause.mentions)


class Referents:
    """The referents of a document's referring words."""

    def __init__(self, discourse: "Discourse") -> None:
        self._discourse = discourse

    def of(self, mention: Mention) -> list[Entity]:
        """Return the names that a referring word stands for, none where the text names nobody who fits."""
        if mention.kind == "we":
            return self._employer(mention)
        earlier = self._parties_before(mention.start, 3)
        if not earlier:
            return []
        if mention.kind == "other":
            clause = self._discourse.clause_at(mention.start)
            own = {argument.name for argument in self._discourse.subject_of(clause, mention.start) or []}
            others = [e for e in earlier if e.type in COMPANY_TYPES and e.name not in own]
            parties = [e for e in others if not is_body(e) and e.type != "PRODUCT"]
            return (parties or others)[-1:]
        if mention.kind == "there":
            clause = self._discourse.clause_at(mention.start)
            own = {
                argument.name for argument in self._discourse.explicit_subject(clause, mention.start) or []
            }
            return [e for e in earlier if e.type == "PLATFORM" and e.name not in own][-1:]
        if mention.kind == "business":
            return [
                e for e in earlier if e.type in COMPANY_TYPES and _BUSINESS.match(self._discourse.text, e.end)
            ][-1:]
        if mention.kind in {"former", "latter", "both"}:
            # The pair was named before this clause; its own names are news about the pair.
            own_clause = self._discourse.clause_at(mention.start)
            own_clause = next(
                (
                    c
                    for c in self._discourse.sentence_clauses(own_clause.sentence)
                    if mention.kind == "latter" and c.index < own_clause.index and _has_former(c)
                ),
                own_clause,
            )
            before = [entity for entity in earlier if entity.start < own_clause.start]
            pair = self._last_pair(self._partners(mention, before))
            if len(pair) < 2:
                pair = self._last_pair(earlier)
            if len(pair) < 2:
                return pair if mention.kind != "both" else []
            if mention.kind == "both":
                return pair
            return [pair[0] if mention.kind == "former" else pair[1]]
        if mention.text in {"它们", "他们"} and (group := self._last_group(earlier)):
            return group
        if mention.kind == "speaker":
            people = [entity for entity in earlier if entity.type == "PERSON"]
            return people[-1:]
        if mention.text == "平台" and not self._discourse.opens(
            self._discourse.clause_at(mention.start), mention
        ):
            return [entity for entity in earlier if entity.type == "PLATFORM"][-1:]
        if mention.kind in {"thing", "platform"}:
            types = {"PLATFORM"} if mention.kind == "platform" else {"PLATFORM", "PRODUCT"}
            if mention.text.endswith(("业务", "品牌", "项目")):  # 阿里云(含钉钉)…,这项业务
                return [e for e in earlier if e.type in COMPANY_TYPES and not self._is_aside(e)][-1:]
            return [entity for entity in earlier if entity.type in types][-1:]
        if mention.kind == "authority":
            kind = mention.text.removeprefix("该")
            endings = _COURTS if kind == "法院" else (kind,)
            bodies = [e for e in earlier if e.type == "ORG" and e.name.endswith(endings)]
            if not bodies and len(kind) > 1 and kind != mention.text:
                bodies = [e for e in earlier if e.type == "ORG"]
            return bodies[-1:]
        candidates = [e for e in earlier if e.type in COMPANY_TYPES]
        if mention.text == "平台":
            candidates = [e for e in candidates if e.type == "PLATFORM"] or candidates
        if mention.text.endswith(_NO_PLATFORM):
            # a brand or a chain is no platform, however recently one was named
            candidates = [e for e in candidates if e.type == "ORG" and not is_body(e)] or candidates
        return self._salient(
            mention, self._not_itself(mention, self._without_authorities(mention, candidates))
        )

    @cached_property
    def _issuer(self) -> list[Entity]:
        """Whose notice the document is: X(以下简称“本公司”), else the company that signs for its board at the end."""
        text, companies = (
            self._discourse.text,
            [e for e in self._discourse.document.entities if e.type in COMPANY_TYPES],
        )
        defined = next((e for e in companies if _DEFINES.match(text, e.end)), None)
        signed = next((e for e in reversed(companies) if _SIGNS.match(text, e.end)), None)
        found = defined or signed
        return [found] if found is not None else []

    def _employer(self, mention: Mention) -> list[Entity]:
        """Who 我们 are: in reported words the company of the speaker, in an interview that of its first person."""
        clause = self._discourse.clause_at(mention.start)
        if self._discourse.is_interview:
            return next(([company] for c in self._discourse.clauses for company in self._employers(c)), [])
        if not clause.quoted:
            return self._issuer
        sentence = self._discourse.sentence_clauses(clause.sentence)
        nearest = sorted(sentence, key=lambda c: abs(c.index - clause.index))
        earlier = [c for c in self._discourse.before(clause) if c.paragraph == clause.paragraph]
        following = min(clause.sentence + 1, len(self._discourse.document.sentences) - 1)
        around = (*nearest, *self._discourse.sentence_clauses(following)[:2], *earlier)
        return next(([company] for c in around for company in self._employers(c)), [])

    @cached_property
    def main_topic(self) -> Entity | None:
        """The company that the document is the story of: named, and subject, twice as often as any other."""
        companies = [
            e for e in self._discourse.document.entities if e.type in COMPANY_TYPES and not is_body(e)
        ]
        named = Counter(e.name for e in companies)
        subjects: Counter[str] = Counter()
        for clause in self._discourse.clauses:
            groups = self._discourse.unmarked_groups(clause, clause.end)
            subjects.update(m.text for m in groups[0] if m.text in named) if groups else None
        main = next(
            (
                name
                for name, n in named.most_common(1)
                if n >= max(_MAIN_MENTIONS, _MAIN_SHARE * len(companies))
            ),
            "",
        )
        if not main or any(
            count[name] * 2 > count[main] for count in (named, subjects) for name in named if name != main
        ):
            return None
        return next(e for e in companies if e.name == main)

    def _is_minor(self, name: str) -> bool:
        return sum(e.name == name for e in self._discourse.document.entities) < _MINOR

    def _employers(self, clause: Clause) -> Iterator[Entity]:
        """The companies that stand before a person with a role: 京东零售总裁辛利军."""
        if clause.quoted:
            return
        for first, second in pairwise(clause.entities):
            if self._discourse.affiliations.is_employer(first, second):
                yield first
        for mention in clause.mentions:  # 与其创办人谭隽轩
            person = next((e for e in clause.entities if e.start > mention.end), None)
            if mention.text != "其" or person is None or person.type != "PERSON":
                continue
            if _OFFICER.match(self._discourse.text, mention.end, person.start + 1):
                yield from self._salient(mention, self._companies_before(mention.start))
        for entity in clause.entities:  # 海信一位销售总监, 京东客服
            if entity.type in COMPANY_TYPES and _OFFICER.match(self._discourse.text, entity.end, clause.end):
                yield entity

    def _companies_before(self, offset: int) -> list[Entity]:
        return [e for e in self._parties_before(offset, 3) if e.type in COMPANY_TYPES and not is_body(e)]

    def _partners(self, mention: Mention, parties: list[Entity]) -> list[Entity]:
        """Of whom 前者 is no subject itself: 虾皮与全家合作,去年接入莱尔富,停用前者的系统 is about the two partners."""
        clause = self._discourse.clause_at(mention.start)
        if mention.kind == "both" or self._discourse.opens(clause, mention):
            return parties
        own = {a.name for a in self._discourse.subject_of(clause, mention.start) or []}
        start = self._discourse.document.sentences[clause.sentence][0]
        others = [e for e in parties if e.name not in own and e.start >= start]
        return others if len({e.name for e in others}) > 1 else parties

    def _not_itself(self, mention: Mention, candidates: list[Entity]) -> list[Entity]:
        """Behind a preposition a description is somebody else than the subject: 淘宝宣布,终止与该公司的合作."""
        clause = self._discourse.clause_at(mention.start)
        mark, kind = self._discourse.mark_of(clause.start, mention.start)
        if not kind and self._is_object(mention, clause):
            own = {a.name for a in self._discourse.subject_of(clause, mention.start) or []}
            others = [e for e in candidates if e.name not in own]
            near = [e for e in others if e.start >= clause.start]
            return near[-1:] or others or candidates
        marked = kind in {"dative", "disposal", "passive"} and mark != "由"
        behind = (
            not kind and mention.text in {"它", "它们"} and not self._discourse.opens(clause, mention)
        )  # 冻结了它
        if not (marked or behind) or mention.text == "其":
            return candidates
        own = {a.name for a in self._discourse.subject_of(clause, mention.start) or []}
        if any(m.kind in {"former", "latter"} and m.end <= mention.start for m in clause.mentions):
            own |= {e.name for e in self._last_pair(candidates)}  # 有两个:菜鸟和极兔,前者已被它解约
        return [e for e in candidates if e.name not in own] or candidates

    def _is_aside(self, entity: Entity) -> bool:
        before = self._discourse.text[max(0, entity.start - 3) : entity.start]
        return "(" in before or "（" in before

    def _is_object(self, mention: Mention, clause: Clause) -> bool:
        """True behind a verb that may not say something of its own subject: 高瓴没有参与它的融资, 拿下其66%的股份."""
        text = self._discourse.text
        described = mention.kind == "topic" and mention.text.startswith("这")
        if described and _ENDS.search(text, max(clause.start, mention.start - 6), mention.start):
            return True  # 蚂蚁集团正式停止运营这一互助计划
        if mention.text not in _OBJECTS or (mention.text == "其" and not _SHARE.match(text, mention.end)):
            return False
        return _GIVES.search(text, max(clause.start, mention.start - 6), mention.start) is not None

    def _without_authorities(self, mention: Mention, candidates: list[Entity]) -> list[Entity]:
        """What a text goes on about is a company rather than the body that has just fined it.

        Not so where the sentence has named the body and no company since (商务部,其发言人…).
        """
        clause = self._discourse.clause_at(mention.start)
        start = self._discourse.document.sentences[clause.sentence][0]
        companies = [e for e in candidates if not is_body(e)]
        if self._discourse.mark_of(clause.start, mention.start)[1] in {"dative", "disposal"}:
            return companies or candidates  # 接着邮政管理局对它罚款
        near = [e for e in candidates if e.start >= start]
        return candidates if near and all(is_body(e) for e in near) else companies or candidates

    def _salient(self, mention: Mention, candidates: list[Entity]) -> list[Entity]:
        """The subject of an earlier clause of this sentence, else of the sentence before, else the last party."""
        clause = self._discourse.clause_at(mention.start)
        names = {entity.name: entity for entity in candidates}
        found = None
        main = self.main_topic
        for earlier in self._discourse.before(clause, 2):
            if _SUBORDINATE.search(self._discourse.text, earlier.start, earlier.end):
                continue
            subjects = self._discourse.own_subject(earlier) or self._told_by(earlier, clause)
            subject = next((a.name for a in subjects if a.name in names and not is_observer(a.name)), None)
            if subject is None and subjects and earlier.sentence == clause.sentence:
                # 法院判令拼多多赔偿,理由是其…: who has been dealt with
                dealt_with = next(
                    (e for e in earlier.entities if e.start > (subjects[0].start or 0) and e.name in names),
                    None,
                )
                if dealt_with is not None and is_authority(subjects[0].name):
                    return [names[dealt_with.name]]
            if subject is not None:
                if earlier.sentence == clause.sentence:
                    # 微信解除了对考拉的屏蔽,其收银台…: whom the document is about, be he no subject
                    told_of = main is not None and any(e.name == main.name for e in earlier.entities)
                    return [
                        names[main.name if main is not None and told_of and main.name in names else subject]
                    ]
                if main is not None and main.name in names and self._is_minor(subject):
                    return [names[main.name]]
                # the first subject of the nearest earlier sentence is its topic
                if found is not None and self._discourse.clause_at(found.start).sentence > earlier.sentence:
                    break
                found = names[subject]
        if found is not None:
            return [found]
        return candidates[-1:]

    def _told_by(self, clause: Clause, later: Clause) -> list[Argument]:
        """Whose words a sentence reports: 据饿了么透露,海底捞已与其签约."""
        if clause.sentence != later.sentence or _ACCORDING.match(self._discourse.text, clause.start) is None:
            return []
        told = next((e for e in clause.entities if e.type in COMPANY_TYPES and not is_observer(e.name)), None)
        return [Argument("subject", told.name, told.start, told.end)] if told is not None else []

    def _parties_before(self, offset: int, sentences: int) -> list[Entity]:
        clause = self._discourse.clause_at(offset)
        found: list[Entity] = []
        first = max(self._discourse.item_starts[clause.sentence], clause.sentence - sentences)
        start = self._discourse.document.sentences[first][0]
        for index in range(max(0, bisect_right(self._discourse.starts, start) - 1), clause.index + 1):
            found += [
                e
                for e in self._discourse.clauses[index].entities
                if e.end <= offset and e.type in PARTY_TYPES
            ]
        return found

    def _last_group(self, earlier: list[Entity]) -> list[Entity]:
        """The last companies that stand coordinated, two or more; empty where there are none."""
        companies = [e for e in earlier if e.type in COMPANY_TYPES]
        group: list[Entity] = []
        for entity in reversed(companies):
            joined = group and words().coordinator.fullmatch(
                self._discourse.text[entity.end : group[0].start]
            )
            if group and not joined:
                if len(group) > 1:
                    break
                group = []
            group.insert(0, entity)
        return group if len(group) > 1 else []

    def _last_pair(self, earlier: list[Entity]) -> list[Entity]:
        """The pair that 双方, 前者 and 后者 speak of: the last two coordinated companies, else the last one and the
        subject of its clause, else the last two.

        Government bodies mediate between a pair, and a name behind 在 or 从 is a place: neither belongs to one.
        """
        companies = [entity for entity in earlier if entity.type in COMPANY_TYPES and not is_body(entity)]
        unplaced = [
            e for e in companies if self._discourse.text[e.start - 1 : e.start] not in {"在", "从", "于"}
        ]
        if len({entity.name for entity in unplaced}) > 1:
            companies = unplaced
        if len(companies) < 2:
            return companies
        last, previous = companies[-1], companies[-2]
        between = self._discourse.text[previous.end : last.start]
        if previous.name != last.name and words().coordinator.fullmatch(between):
            return [previous, last]
        by_name = {entity.name: entity for entity in companies[:-1] if entity.name != last.name}
        for argument in self._discourse.subject_of(self._discourse.clause_at(last.start), last.start) or []:
            if argument.name in by_name:
                return [by_name[argument.name], last]
        distinct = [last]
        for entity in reversed(companies):
            if entity.name != last.name:
                distinct.insert(0, entity)
                break
        return distinct
