"""Clauses and what stands in them: mentions that may be somebody, coordination, apposition and times.

Notes for a newcomer. A `Clause` is a stretch between commas with the tags that lie in it. Its mentions are the names,
described groups and referring words that can be a subject or an object; whom they refer to is the business of
`referents`, and whom a clause is about that of `discourse`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from ecomlink_nlp.claim.discourse_words import is_part_of_word, words
from ecomlink_nlp.claim.marks import mark_before
from ecomlink_nlp.text.document import Document, Entity, Time, Value
from ecomlink_nlp.text.light import light_dataclass
from ecomlink_nlp.text.sentences import clause_spans

PARTY_TYPES = frozenset({"PLATFORM", "ORG", "PRODUCT", "PERSON"})
COMPANY_TYPES = frozenset({"PLATFORM", "ORG", "PRODUCT"})
# The items of a round-up have nothing to do with each other: 【并购】…, 3. …
_ITEM = re.compile(r"\s*(?:【[^】\n]{1,12}】|[（(]?[0-9一二三四五六七八九十]{1,2}[）)]?[、.．]|[■●◆▲★•·▪])")
# Clauses that are looked back over: bounds the work on text that never ends a sentence.
_FARTHEST = 60
_AFFILIATION = re.compile(
    r"(?:系|版)的?$|版的|的?(?:旗下|所属|所在|所有|名下|背后|麾下|创办|创立|执掌|运营的|控股|母公司|子公司|孙公司|全资子公司|关联公司|运营方|运营公司|创始人|老板|(?:老|竞争|主要|头号|最大)?(?:竞争)?对手|友商)"
)
# 菜鸟的末端网络公司溪鸟: the second name is the one meant
_KIND_OF = re.compile(
    r"的[^，,。；和与、]{0,8}(?:公司|平台|品牌|企业|应用|App|业务|网站|项目|投资方|投资机构|股东|对手|伙伴|工具|产品)[“「]?"
)
_ROLE_END = re.compile(r"[，,、。；;：:和与及]|[对向将把被在]")
_MAX_ROLE = 14  # characters of a role between a company and its person: 电商业务高级副总裁
_MAX_BEFORE_GROUP = (
    6  # characters: 不少, 一位不愿具名的 is longer and found by the statements' own speaker rules
)
# The questions and answers of an interview open their lines: 问：, 答：, Q：
_INTERVIEW = re.compile(r"(?m)^\s*(?:问|答|Q\d*|A\d*|记者|主持人)\s*[：:]")
# 淘宝商家“小林家居”
_NAMED = re.compile(r"[“「『](?P<name>[^”」』，。；]{2,14})[”」』]")
# 杭州税务部门, 法国数据监管机构, 得克萨斯州总检察长: authorities that only their place and kind name
_BODY = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:部门|监管机构|监管局|监管者|当局|海关|法院|中院|高院|检察院|检察官|检察长|法官|检方|警方|公署|政府|消委会|消保委|消协|仲裁委|委员会|主管机关"
    r"|(?:税务|市监|网信|工信|商务|交通|公安|药监|邮政|通信管理|竞争|反垄断|证券|海事|卫健|文旅|教育|食药监|知识产权|物价)(?:总局|局|厅|署|委|办)|反垄断机构|反垄断部门|反垄断局|保护机构|保护局|竞争机构|执法机构|消费者院|管理局|总局|总署|监督局|消费者厅|财政厅)(?!员|长|公告|门)"
)
_NOT_IN_BODY = re.compile(r"[的在对向被遭把将与和及、是有了]")
_RELATIVE_TIME = re.compile(r"[天日周年月期时]之?后|第二天|次日|翌日|隔天|当晚|同日")
_PARTIES_TO_A_SUIT = frozenset({"原告", "被告"})
# B站UP主的商品橱窗: what is the platform's own, whoever uses it
_SURFACE_OF = re.compile(r"的?(?:商品)?(?:橱窗|购物车|小黄车|后台)")
_mention_start = attrgetter("start")
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』"}


@light_dataclass(frozen=True, slots=True)
class Mention:
    """A possible subject or object: an entity, a described group or a referring word."""

    start: int
    end: int
    text: str
    kind: str
    """``entity``, ``group`` or the anaphor class: ``topic``, ``generic``, ``former``, ``latter``, ``both``, …"""
    entity: Entity | None = None
    owner: Entity | None = None
    """Of a group of people (京东会员) the party that they belong to."""


@dataclass(slots=True)
class Clause:
    """A stretch between commas, with what is tagged in it."""

    index: int
    start: int
    end: int
    sentence: int
    paragraph: int
    quoted: bool
    entities: list[Entity] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


class Clauses:
    """The clauses of a document, the mentions in each and when it holds."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.clauses: list[Clause] = []
        self.starts: list[int] = []
        self._marks: dict[tuple[int, int], tuple[str, str]] = {}
        self.is_interview = len(_INTERVIEW.findall(document.text)) > 1
        self.item_starts: list[int] = []
        """For each sentence the first one of its item in a round-up, 0 in a text without items."""
        self._by_sentence: list[list[Clause]] = [[] for _ in document.sentences]
        self.types: dict[str, str] = {}
        for entity in document.entities:
            self.types.setdefault(entity.name, entity.type)
        self.company_names = {e.name for e in document.entities if e.type in COMPANY_TYPES}
        self.known_companies = {
            e.name for e in document.entities if e.type in {"PLATFORM", "ORG"} and e.id is not None
        }
        self._build()

    def _build(self) -> None:
        text, document = self.text, self.document
        quoted = _quoted_spans(text)
        entities, values, times = iter(document.entities), iter(document.values), iter(document.times)
        entity, value, time = next(entities, None), next(values, None), next(times, None)
        paragraph, previous_end, item = 0, 0, 0
        for number, (start, end) in enumerate(document.sentences):
            if "\n" in text[previous_end:start]:
                paragraph += 1
                if _ITEM.match(text, start):
                    item = number
            self.item_starts.append(item)
            previous_end = end
            for clause_start, clause_end in clause_spans(text, start, end):
                clause = Clause(
                    len(self.clauses),
                    clause_start,
                    clause_end,
                    number,
                    paragraph,
                    _inside(quoted, clause_start + (text[clause_start] in _QUOTES)),
                )
                while entity is not None and entity.start < clause_end:
                    clause.entities.append(entity)
                    entity = next(entities, None)
                while value is not None and value.start < clause_end:
                    clause.values.append(value)
                    value = next(values, None)
                while time is not None and time.start < clause_end:
                    clause.times.append(time)
                    time = next(times, None)
                clause.mentions = self._mentions(clause)
                self.clauses.append(clause)
                self._by_sentence[number].append(clause)
                self.starts.append(clause_start)

    def _mentions(self, clause: Clause) -> list[Mention]:
        lexicon = words()
        mentions: list[Mention] = []
        for e in clause.entities:
            member = lexicon.member.match(self.text, e.end, clause.end) if e.type in COMPANY_TYPES else None
            body = _BODY.match(self.text, e.end, clause.end) if e.type == "LOC" else None
            if body is None and e.type == "LOC" and e.name.endswith("市"):
                body = _BODY.match(self.text, e.end - 1, clause.end)  # 合肥市监局
            if body is not None and not _NOT_IN_BODY.search(body[0]):
                mentions.append(Mention(e.start, body.end(), self.text[e.start : body.end()], "group"))
            elif member is None or _SURFACE_OF.match(self.text, member.end(), clause.end):
                mentions.append(Mention(e.start, e.end, e.name, "entity", e))
            else:  # 淘宝商家 are a group, not 淘宝; the shop named behind them is the one meant
                named = _NAMED.match(self.text, member.end(), clause.end)
                end, name = (named.end(), named["name"]) if named else (member.end(), "")
                mentions.append(Mention(e.start, end, name or self.text[e.start : end], "group", owner=e))
        matches = list(lexicon.mention.finditer(self.text, clause.start, clause.end))
        # 这家起家于信阳的连锁品牌: the names inside a description are nobody's own
        described = [match.span() for match in matches if match["kind_of"]]
        mentions = [m for m in mentions if not any(s <= m.start and m.end <= e for s, e in described)]
        taken = [(mention.start, mention.end) for mention in mentions]
        for match in matches:
            if any(start < match.end() and end > match.start() for start, end in taken):
                continue
            kind = "topic" if match["kind_of"] else lexicon.anaphor.get(match[0], "group")
            if (kind in {"group", "generic"} or match[0] in _PARTIES_TO_A_SUIT) and any(
                start in {match.end(), match.end() + self.text.startswith(("“", "「"), match.end())}
                for start, _ in taken
            ):
                continue  # 老股东阿里巴巴, 原告大润发: the noun only describes the name behind it
            if is_part_of_word(self.text, match.start(), match.end(), match[0]):
                continue
            mentions.append(Mention(match.start(), match.end(), match[0], kind))
        mentions.sort(key=_mention_start)
        return mentions

    def clause_at(self, offset: int) -> Clause:
        """Return the clause that holds the character at ``offset`` (or the nearest one before it)."""
        return self.clauses[max(0, bisect_right(self.starts, offset) - 1)]

    def before(self, clause: Clause, sentences: int | None = None) -> Iterator[Clause]:
        """Yield the clauses before ``clause``, the nearest first, as far back as anything is looked for.

        ``sentences`` counts how many sentences before the clause's own are looked through; a list item ends the search.
        """
        first = (
            0 if sentences is None else max(clause.sentence - sentences, self.item_starts[clause.sentence])
        )
        for index in range(clause.index - 1, max(-1, clause.index - 1 - _FARTHEST), -1):
            if self.clauses[index].sentence < first:
                return
            yield self.clauses[index]

    def clause_before(self, clause: Clause) -> Clause | None:
        """Return the clause right before ``clause`` in its sentence."""
        return next(self.before(clause, 0), None)

    def clause_behind(self, clause: Clause) -> Clause | None:
        """Return the clause right behind ``clause`` in its sentence."""
        following = self.clauses[clause.index + 1 : clause.index + 2]
        return following[0] if following and following[0].sentence == clause.sentence else None

    def sentence_clauses(self, sentence: int) -> list[Clause]:
        """Return the clauses of a sentence, in order."""
        return self._by_sentence[sentence]

    def is_marked(self, mention: Mention | Entity, start: int) -> bool:
        """True where a preposition between ``start`` and the mention gives it another role than subject."""
        return self.mark_of(start, mention.start) != ("", "")

    def mark_of(self, start: int, offset: int) -> tuple[str, str]:
        """Return `mark_before` of a mention in the clause at ``start``, kept, since every verb of a clause asks for it."""
        if (start, offset) not in self._marks:
            self._marks[start, offset] = mark_before(self.text, start, offset)
        return self._marks[start, offset]

    def coordinated(self, clause: Clause, mention: Mention) -> list[Mention]:
        """Return the mention with those coordinated to its right: 京东、淘宝和天猫, and names in a row (淘宝天猫)."""
        group = [mention]
        for index in range(
            bisect_left(clause.mentions, mention.end, key=_mention_start), len(clause.mentions)
        ):
            other = clause.mentions[index]
            if other.start < group[-1].end or other.entity is None:
                continue
            if _is_party(other) != _is_party(group[-1]):
                break
            between = self.text[group[-1].end : other.start]
            if between and not words().coordinator.fullmatch(between):
                break
            if not between and group[-1].entity is None:
                break  # 蘑菇街前员工陈某 is one
            group.append(other)
        return group

    def is_apposed(self, first: Mention | Entity, second: Mention | Entity) -> bool:
        """True where ``second`` is the one meant: 阿里旗下淘小铺, 其母公司Uber, 抖音大主播小杨哥."""
        between = self.text[first.end : second.start]
        if _AFFILIATION.match(between) or _KIND_OF.fullmatch(between):
            return True
        entity = second if isinstance(second, Entity) else second.entity
        is_person = entity is not None and entity.type == "PERSON"
        return is_person and len(between) <= _MAX_ROLE and not _ROLE_END.search(between)

    def opens(self, clause: Clause, mention: Mention) -> bool:
        """True where only times, numbers and a few characters stand before the mention in its clause."""
        length = mention.start - clause.start
        spans = [(t.start, t.end) for t in clause.times] + [(v.start, v.end) for v in clause.values]
        length -= sum(end - start for start, end in spans if end <= mention.start)
        return length <= _MAX_BEFORE_GROUP

    def time_of(self, clause: Clause, near: int | None = None) -> tuple[Time, str] | None:
        """Return when the clause holds and how that is known: ``stated`` in it, or from its ``sentence``.

        ``near`` is the place of the verb or value: of several times the last one before it wins. Bases of
        comparison (较去年同期) and durations do not count.
        """
        own = self._point_in(clause, near)
        if own is not None:
            return own, "stated"
        for earlier in self.before(clause, 0):
            found = self._point_in(earlier, None)
            if found is not None:
                return found, "sentence"
        return None

    def _point_in(self, clause: Clause, near: int | None) -> Time | None:
        points = [time for time in clause.times if time.type != "DURATION" and not self.is_base(time)]
        if not points:
            return None
        if near is not None:
            before = [time for time in points if time.start < near]
            if before:
                return before[-1]
        return points[0]

    def is_future(self, time: Time) -> bool:
        """True where the time begins after the document's date; False where that cannot be told."""
        if self.text.startswith("后", time.end) or _RELATIVE_TIME.search(self.text, time.start, time.end):
            return False  # 九天后又悄悄放开 counts from what was told before
        date = self.document.date
        begin = time.interval[0] if time.interval and time.interval[0] else time.timex
        if date is None or time.type == "DURATION" or not begin[:4].isdigit():
            return False
        length = min(len(begin), len(date))
        return begin[:length] > date[:length] and (
            time.interval is not None or begin[4:6] not in {"-W", "-Q", "-H", "-S"}
        )

    def is_base(self, time: Time) -> bool:
        """True for a time that only serves as the base of a comparison (较去年同期增长)."""
        lexicon = words()
        if self.text[time.start : time.end] in lexicon.base_words:
            return True
        return lexicon.time_base.search(self.text, max(0, time.start - 3), time.start) is not None and (
            self.text[time.end : time.end + 3].startswith(
                ("增", "相比", "高", "低", "下", "多", "少", "上", "减", "的")
            )
        )


def _is_party(mention: Mention) -> bool:
    """True for companies, products and people, which are never coordinated with places and campaigns."""
    return mention.entity is None or mention.entity.type in PARTY_TYPES


def _quoted_spans(text: str) -> list[tuple[int, int]]:
    """Spans between paired Chinese quotation marks, outermost only."""
    spans: list[tuple[int, int]] = []
    close, start = "", 0
    for match in re.finditer("[“”‘’「」『』\n]", text):
        mark = match[0]
        if mark == "\n":
            close = ""
        elif not close and mark in _QUOTES:
            close, start = _QUOTES[mark], match.end()
        elif mark == close:
            spans.append((start, match.start()))
            close = ""
    return spans


def _inside(spans: list[tuple[int, int]], offset: int) -> bool:
    index = bisect_right(spans, (offset, 1 << 60)) - 1
    return index >= 0 and spans[index][0] <= offset < spans[index][1]
