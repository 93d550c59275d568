"""Whose figure it is: the noun phrase before the measure, the subject of the clause, or the one carried over."""

import re

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.lexicon import Word
from ecomlink_nlp.claim.metrics.noun_phrases import NounPhrases
from ecomlink_nlp.claim.metrics.outlook import Outlook
from ecomlink_nlp.claim.metrics.people import People
from ecomlink_nlp.claim.metrics.quantities import is_vague
from ecomlink_nlp.claim.metrics.state import State
from ecomlink_nlp.claim.metrics.subject import Subject
from ecomlink_nlp.claim.metrics.topics import Topics
from ecomlink_nlp.claim.metrics.window import Focus, Reading, Window

_LINES = ("业务", "板块", "分部", "事业部", "业务线")  # endings of business lines
_LINE_WORDS = ("业务", "板块", "分部", "服务收入", "服务营收")  # beginnings of measures of a line
_UNITS = ("单票", "单均", "单店", "单件", "件均", "人均", "户均", "每")  # one of what is counted
_COMMISSIONS = frozenset({"commission_rate", "revenue_share"})
_CASES = frozenset({"complaints", "incidents"})
_AMONG = re.compile("(?:其中|而|则|，|,){0,3}")
_MAX_MOVE = 8  # characters between the two figures of a movement


class Owners:
    """Finds the subjects of readings in one document."""

    def __init__(self, discourse: Discourse, outlook: Outlook) -> None:
        self._text = discourse.text
        self._outlook = outlook
        self._sentences = discourse.document.sentences
        people = People(discourse)
        self._phrases = NounPhrases(discourse, people)
        self._topics = Topics(discourse, people)

    def of(self, window: Window, reading: Reading, state: State) -> Subject | None:
        """Return the subject of a reading, None where nobody is named or described."""
        return (
            self._of(window, reading, state)
            or self._phrases.leading(window.clause)
            or self._trade(window, reading)
        )

    def _of(self, window: Window, reading: Reading, state: State) -> Subject | None:
        clause, limit = window.clause, window.start
        if reading.word is not None and (objects := self._objects(window, reading.word)) is not None:
            return objects
        if (about := self._about(window, reading)) is not None:
            return about
        if reading.rule == "share" and (giver := self._giver(window, reading)) is not None:
            return giver
        if (divided := self._counted(window, reading, state)) is not None:
            return divided
        if reading.part is not None:
            part = self._part(reading.part, window) or state.subject
            return part or self._own(window, reading) or self._topics.carried(window.clause)
        if reading.rule == "counted":
            removed = self._removed(window, reading)
            if removed is not None:
                return removed
            return (
                self._spread(window)
                or self._topics.of_clause(clause, window.quantity.start)
                or state.topic
                or self._topics.carried(clause)
                or self._before(window, state)
            )
        word = reading.word
        if (
            word is not None
            and word.form == "nouns"
            and word.end <= window.quantity.start
            and reading.measure in {"level", "share"}
        ):
            described = self._phrases.described(clause, limit, word.end)
            plain = constructions().plain if reading.measure == "share" else frozenset()
            if described is not None and self._text[word.start : word.end] not in plain:
                return described
        counted = limit > clause.start
        own = None
        members = word is not None and word.form == "nouns" and self._phrases.is_membership(limit, word.start)
        if reading.rule == "level-behind" or members:
            pass
        elif word is not None and word.form == "verbs" and word.metric.owner:
            own = self._phrases.place(limit, word.start)
        elif word is None or not word.metric.owner:
            own = self._phrases.before(clause, limit, reading.anchor, counted=counted)
        elif (near := self._phrases.before(clause, limit, reading.anchor)) is not None:
            taken = word.metric.name in _COMMISSIONS and near.name in constructions().receivers
            own = near if near.named or taken else None
        if own is None and word is not None and word.end <= window.quantity.start:
            priced = self._text[word.start : word.end] in constructions().goods_prices
            own = self._phrases.goods(clause, limit, word.start) if priced else None
        if own is not None:
            if own.counted and is_vague(self._text, window.quantity):
                return None  # 102个品牌成交过亿: the figure only says which
            if reading.metric.name == "fans" and (account := self._account(window, own, state)) is not None:
                return account
            return self._company(window, reading, own, state) or self._at_place(window, own, state) or own
        if (moved := self._moved(window, reading, state)) is not None:
            return moved
        among = "其中" in self._text[clause.start : window.quantity.start]
        if among and reading.measure == "share" and word is not None and "count" in word.metric.takes:
            return Subject(self._text[word.start : word.end], word.start, word.end, "stated", named=False)
        if reading.measure == "share" and (inside := self._inside(window)) is not None:
            return inside
        if reading.rule == "share" and word is None and (bare := self._bare(window, reading)) is not None:
            return bare
        explicit = self._own(window, reading)
        if explicit is not None and (
            word is not None
            or state.subject is None
            or (explicit.start or 0) >= window.start
            or explicit.how != "stated"
        ):
            return explicit
        if word is None and state.subject is not None:
            return state.subject
        within = state.topic or self._topics.carried(clause, within=True)
        if within is None and state.subject is not None and not state.subject.counted:
            return state.subject
        return within or self._topics.carried(clause) or state.subject or self._before(window, state)

    def opened(self, clause: Clause, focus: Focus, words: list[Word]) -> Subject | None:
        """The party right before the measure that a clause opens (Temu的日均包裹量一路爬升：9月只有3万件)."""
        word = next(
            (w for w in words if clause.start <= w.start < clause.end and w.metric is focus.metric), None
        )
        found = None if word is None else self._phrases.before(clause, clause.start, word.start)
        return found if found is not None and found.named else None

    def asked(self, clause: Clause, word: Word) -> Subject | None:
        """Whose measure a question asks for."""
        found = self._phrases.before(clause, clause.start, word.start)
        return found or self._topics.of_clause(clause, word.start)

    def turn(self, clause: Clause, state: State) -> None:
        """Let a clause without figures that opens with another party change the topic (美团则在18时迎来峰值，…)."""
        found = self._topics.of_clause(clause, clause.end) if state.topic is not None else None
        if found is not None and found.named and found.start == clause.start and found.how == "stated":
            state.topic = state.subject = found

    def _before(self, window: Window, state: State) -> Subject | None:
        """The topic of the sentence before, where this one refers to it (其月活用户达到3亿, CEO许冉表示)."""
        start = self._sentences[window.clause.sentence][0]
        refers = constructions().referring.search(self._text, start, window.quantity.start)
        return state.before if refers and state.before is not None and state.before.named else None

    def _company(self, window: Window, reading: Reading, own: Subject, state: State) -> Subject | None:
        """Whose business line or region it is: 顺丰3月速运业务收入, 霸王茶姬…，全国门店3000家."""
        if own.named or own.start is None:
            return None
        head = next((e for e in window.clause.entities if e.start == own.start), None)
        if head is not None and self._text.startswith(_UNITS, head.end):
            return Subject(head.name, head.start, head.end, "stated", named=True)
        if own.name in constructions().region_names:
            return state.topic if state.topic is not None and state.topic.named else None
        line = reading.word is not None and self._text.startswith(_LINE_WORDS, reading.word.start)
        if not (own.name.endswith(_LINES) or line) or head is not None:
            return None  # 智能手机业务收入 is the company's
        party = self._topics.of_clause(window.clause, own.start) or state.topic
        if party is None and line:
            party = self._topics.carried(window.clause)
        return party if party is not None and party.named else None

    def _account(self, window: Window, own: Subject, state: State) -> Subject | None:
        """The party of the sentence whose followers on a platform are told (东方甄选…，抖音粉丝涨到2900万)."""
        platform = any(e.start == own.start and e.type == "PLATFORM" for e in window.clause.entities)
        topic = state.topic
        return topic if platform and topic is not None and topic.named and topic.name != own.name else None

    def _at_place(self, window: Window, own: Subject, state: State) -> Subject | None:
        """The party of the sentence where a place only says where (公司预估，台湾的物流中心将增为6座)."""
        place = any(
            e.start == own.start and e.type == "LOC" and e.end == own.end for e in window.clause.entities
        )
        if not place or own.named:
            return None
        party = state.topic or self._topics.carried(window.clause, within=True)
        return party if party is not None and party.named else None

    def _moved(self, window: Window, reading: Reading, state: State) -> Subject | None:
        """The party whose figure moved from the level just read (天猫则由51%跌到38%)."""
        if reading.rule != "carried" or not state.levels:
            return None
        last, subject = state.levels[-1]
        between = self._text[last.quantity.end : window.quantity.start]
        near = last.quantity.end <= window.quantity.start and len(between) <= _MAX_MOVE
        return subject if near and not any(mark in between for mark in "，。；、,;") else None

    def _bare(self, window: Window, reading: Reading) -> Subject | None:
        """奶茶占了近四成: whatever short noun stands alone before the verb is the part."""
        match = constructions().bare.fullmatch(self._text, window.start, reading.anchor)
        if match is None or match["noun"] in constructions().plain:
            return None
        return Subject(match["noun"], match.start("noun"), match.end("noun"), "stated", named=False)

    def _inside(self, window: Window) -> Subject | None:
        """预制菜在销售额里的占比: the part stands before the whole."""
        match = constructions().part_within.search(self._text, window.start, window.quantity.start)
        if match is None:
            return None
        start, end = match.span("part")
        for entity in window.clause.entities:
            if entity.end == end and entity.start >= start:
                return Subject(entity.name, entity.start, entity.end, "stated", named=True)
        return Subject(match["part"], start, end, "stated", named=False)

    def _trade(self, window: Window, reading: Reading) -> Subject | None:
        """The trade that the measure's word itself begins with, where nobody is named (快递业务量完成285亿件)."""
        word = reading.word
        if word is None or word.start > window.quantity.start:
            return None
        match = constructions().sector.match(self._text, word.start, word.end)
        if match is None or match.end() == word.end:
            return None
        return Subject(match[0], match.start(), match.end(), "stated", named=False)

    def _counted(self, window: Window, reading: Reading, state: State) -> Subject | None:
        """What was counted right before has the share of another whole (商品已有1200种，占到销售额的35%)."""
        word = reading.word
        if reading.rule != "share" or word is None or word.start < reading.anchor or not state.levels:
            return None
        last, _ = state.levels[-1]
        counts = last.word is not None and last.word.form == "nouns" and last.metric.id != word.metric.id
        if not counts or last.word is None or window.gap(window.start, reading.anchor):
            return None
        return Subject(
            self._text[last.word.start : last.word.end], last.word.start, last.word.end, "stated", named=False
        )

    def _about(self, window: Window, reading: Reading) -> Subject | None:
        """What the cases are about, whoever counts them: 涉及直播购物的有效投诉量, 直播带货投诉."""
        word = reading.word
        if word is None or reading.metric.name not in _CASES:
            return None
        match = constructions().about.search(self._text, window.start, word.start)
        if match is None:
            return None
        start, end = match.span("about")
        for entity in window.clause.entities:
            if (entity.start, entity.end) == (start, end):
                return Subject(entity.name, start, end, "stated", named=True)
        return Subject(match["about"], start, end, "stated", named=False)

    def _giver(self, window: Window, reading: Reading) -> Subject | None:
        """会员贡献了九成的销售额: the bare group before 贡献 is the part, not the party that it belongs to."""
        clause, anchor = window.clause, reading.anchor
        if constructions().gives.match(self._text, anchor, window.quantity.start) is None:
            return None
        ends = [entity.end for entity in clause.entities if entity.end <= anchor]
        start = max([clause.start, window.start, *ends])
        start = _AMONG.match(self._text, start).end()  # type: ignore[union-attr]
        noun = constructions().groups_end.search(self._text, start, anchor)
        if noun is None or noun.start() != start:
            return None
        return Subject(noun[0], start, anchor, "stated", named=False, counted=True)

    def head(self, window: Window, reading: Reading) -> Subject | None:
        """The group that the figure with its measure qualifies, where it is no predicate of its own."""
        word, figure = reading.word, window.quantity
        if reading.measure != "level" or word is None or figure.kind == "percent":
            return None
        if word.form == "nouns" and not is_vague(self._text, figure):
            return None
        if word.start >= figure.end:
            return self._phrases.head(window.clause, word.end)
        found = self._phrases.head(window.clause, figure.end)
        return (
            found if found is not None and self._text[figure.end : found.start or 0].endswith("的") else None
        )

    def tells(self, window: Window, head: Subject) -> bool:
        """True where a qualified group is counted too (1000家年销售额过亿的商家) or aimed at, so that it is a claim."""
        if is_vague(self._text, window.quantity):
            return False
        others = [
            v
            for v in window.clause.values
            if v.type == "CARDINAL" and v.start != window.quantity.start and self._text[v.end - 1] != "倍"
        ]
        planned = self._outlook.status(window.clause, window.quantity, head) == "planned"
        return bool(others) or planned

    def _objects(self, window: Window, word: Word) -> Subject | None:
        """封禁违规账号3200余个: what is removed stands before its number."""
        removal = constructions().removal_end.search(self._text, window.start, word.start)
        if word.form != "nouns" or word.end > window.quantity.start or removal is None:
            return None
        start = removal.end("verb")
        return Subject(self._text[start : word.end], start, word.end, "stated", named=False, counted=True)

    def _spread(self, window: Window) -> Subject | None:
        """把闪送业务铺到200座城市: what is spread covers the places."""
        for entity in window.clause.entities:
            if entity.type != "LOC" and constructions().spread.fullmatch(
                self._text, entity.end, window.quantity.start
            ):
                return Subject(entity.name, entity.start, entity.end, "stated", named=False, counted=True)
        return None

    def _removed(self, window: Window, reading: Reading) -> Subject | None:
        """清退了1200多个售假商家: the counted group is no longer the party's, so it is the subject."""
        word = reading.word
        if word is None or constructions().removal.search(window.before) is None:
            return None
        classifier = constructions().classifier.match(self._text, window.quantity.end, word.start)
        start = classifier.end() if classifier else window.quantity.end
        start = max(start, self._text.rfind("的", start, word.start) + 1)
        return Subject(self._text[start : word.end], start, word.end, "stated", named=False, counted=True)

    def _own(self, window: Window, reading: Reading) -> Subject | None:
        before = min(reading.anchor, window.quantity.start)
        found = self._topics.of_clause(window.clause, max(before, window.clause.start))
        if (
            found is not None
            and found.start is not None
            and found.how == "stated"
            and found.start < window.start
        ):
            return found if found.named else None
        return found

    def _part(self, span: tuple[int, int], window: Window) -> Subject | None:
        """The part named behind a figure, where it is a short noun phrase."""
        text = self._text[span[0] : span[1]].rstrip("，。；,;”」")
        for entity in window.clause.entities:
            if entity.start == span[0] and entity.end >= span[0] + len(text):
                return Subject(entity.name, entity.start, entity.end, "stated", named=True)
        limit = 12 if window.quantity.kind in {"percent", "fraction"} else 5
        dated = any(span[0] <= time.start < span[1] for time in window.clause.times)
        if not text or dated or len(text) > limit or any(mark in text for mark in "、，在此"):
            return None
        return Subject(text, span[0], span[0] + len(text), "stated", named=False)
