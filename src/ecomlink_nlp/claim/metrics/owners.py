"""Whose figure it is: the noun phrase before the measure, the subject of the clause, or the one carried over."""

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.metrics import part_owners
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
            or part_owners.trade(window, reading)
        )

    def _of(self, window: Window, reading: Reading, state: State) -> Subject | None:
        clause, limit = window.clause, window.start
        if reading.word is not None and (objects := part_owners.objects(window, reading.word)) is not None:
            return objects
        if (about := part_owners.about(window, reading)) is not None:
            return about
        if reading.rule == "share" and (giver := part_owners.giver(window, reading)) is not None:
            return giver
        if (divided := part_owners.counted(window, reading, state)) is not None:
            return divided
        if reading.part is not None:
            part = part_owners.part(reading.part, window) or state.subject
            return part or self._own(window, reading) or self._topics.carried(window.clause)
        if reading.rule == "counted":
            removed = part_owners.removed(window, reading)
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
            own = near if near.named or taken or near.name == "平台" else None
        if own is None and word is not None and word.end <= window.quantity.start:
            priced = self._text[word.start : word.end] in constructions().goods_prices
            own = self._phrases.goods(clause, limit, word.start) if priced else None
        if own is not None:
            if own.counted and is_vague(self._text, window.quantity):
                return None  # 102个品牌成交过亿: the figure only says which
            if reading.metric.name == "fans" and (account := self._account(window, own, state)) is not None:
                return account
            return (
                self._company(window, reading, own, state)
                or self._at_place(window, own, state)
                or self._through(window, own, state)
                or own
            )
        if (moved := self._moved(window, reading, state)) is not None:
            return moved
        among = "其中" in self._text[clause.start : window.quantity.start]
        if among and reading.measure == "share" and word is not None and "count" in word.metric.takes:
            return Subject(self._text[word.start : word.end], word.start, word.end, "stated", named=False)
        if reading.measure == "share" and (inside := part_owners.inside(window)) is not None:
            return inside
        if (
            reading.rule == "share"
            and word is None
            and (bare := part_owners.bare(window, reading)) is not None
        ):
            return bare
        if word is None and (contrasted := part_owners.contrasted(window, reading)) is not None:
            return contrasted
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
        parted = bool(state.foci) and state.foci[-1].measure == "share"
        if (
            parted
            and state.subject is not None
            and not state.subject.named
            and (within is None or within.name == state.subject.name)
        ):
            return self._topics.carried(clause) or state.subject  # 客户贡献了七成的收入，来自集团的收入为…
        if within is None and state.subject is not None and not state.subject.counted:
            return state.subject
        return within or self._topics.carried(clause) or state.subject or self._before(window, state)

    def opened(self, clause: Clause, focus: Focus, words: list[Word]) -> Subject | None:
        """The party or group right before the measure that a clause opens (Temu的日均包裹量一路爬升：9月只有3万件)."""
        word = next(
            (w for w in words if clause.start <= w.start < clause.end and w.metric is focus.metric), None
        )
        return None if word is None else self._phrases.before(clause, clause.start, word.start)

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
            e.start == own.start
            and e.type == "LOC"
            and self._text[e.end : own.end or 0] in {"", "市场", "地区", "区"}
            for e in window.clause.entities
        )
        if not place or own.named:
            return None
        party = state.topic or self._topics.carried(window.clause, within=True)
        return party if party is not None and party.named else None

    def _through(self, window: Window, own: Subject, state: State) -> Subject | None:
        """The party spoken of, whose channel on a platform is told (初禾…，抖音渠道的退货率摸到41%)."""
        platform = next(
            (e for e in window.clause.entities if e.start == own.start and e.type == "PLATFORM"), None
        )
        if platform is None or constructions().channel.match(self._text, platform.end) is None:
            return None
        party = state.topic or self._topics.carried(window.clause)
        return party if party is not None and party.named and party.name != platform.name else None

    def _moved(self, window: Window, reading: Reading, state: State) -> Subject | None:
        """The party whose figure moved from the level just read (天猫则由51%跌到38%)."""
        if reading.rule != "carried" or not state.levels:
            return None
        last, subject = state.levels[-1]
        between = self._text[last.quantity.end : window.quantity.start]
        near = last.quantity.end <= window.quantity.start and len(between) <= _MAX_MOVE
        return subject if near and not any(mark in between for mark in "，。；、,;") else None

    def head(self, window: Window, reading: Reading) -> Subject | None:
        """The group that the figure with its measure qualifies, where it is no predicate of its own."""
        word, figure = reading.word, window.quantity
        if reading.metric.name == "price" and (thing := part_owners.priced(window)) is not None:
            return thing
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
        if head.named:
            return True
        others = [
            v
            for v in window.clause.values
            if v.type == "CARDINAL" and v.start != window.quantity.start and self._text[v.end - 1] != "倍"
        ]
        planned = self._outlook.status(window.clause, window.quantity, head) == "planned"
        return bool(others) or planned

    def _spread(self, window: Window) -> Subject | None:
        """把闪送业务铺到200座城市: what is spread covers the places."""
        for entity in window.clause.entities:
            if entity.type != "LOC" and constructions().spread.fullmatch(
                self._text, entity.end, window.quantity.start
            ):
                return Subject(entity.name, entity.start, entity.end, "stated", named=False, counted=True)
        return None

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
