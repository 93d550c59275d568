"""The noun phrase beside a measure or figure: a party, or a described group with its modifiers."""

import re

from ecomlink_nlp.claim.discourse import COMPANY_TYPES, Clause, Discourse
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.order import sentence_so_far
from ecomlink_nlp.claim.metrics.people import People
from ecomlink_nlp.claim.metrics.subject import Subject, is_season
from ecomlink_nlp.text.document import Entity

_NAMED = COMPANY_TYPES | {"WORK"}
_MAX_QUOTED = 14
_QUOTED = re.compile("[「“『](?P<name>[^」”』，。；：]{2,10})[」”』]$")
_REGIONS = ("全国", "我国", "全球", "全网", "全省", "全市", "全台", "全港")
_PRONOUNS = frozenset("它其他她我你这那该本")
_ABOVE = frozenset({"高于", "低于", "多于", "少于", "大于", "小于", "优于", "弱于"})
_MAX_GOODS = 12
_MAX_PARENTHESIS = 40
_MIN_GOODS = 2  # characters of a name for goods
_MAX_STEPS = 14  # times, fillers and names between a measure and its noun phrase


def _opening(text: str, limit: int, end: int) -> int | None:
    """Where the parenthesis that closes at ``end`` opens (新业务（含京喜、海外业务）收入), None for none in sight."""
    for offset in range(end - 2, max(limit, end - _MAX_PARENTHESIS) - 1, -1):
        if text[offset] in "（(":
            return offset
        if text[offset] in "）)":
            return None
    return None


class NounPhrases:
    """Finds noun phrases in one document."""

    def __init__(self, discourse: Discourse, people: People) -> None:
        self._discourse = discourse
        self._text = discourse.text
        self._people = people
        self._entities = {entity.end: entity for entity in discourse.document.entities}
        self._times = {time.end: time for time in discourse.document.times}

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
                if entity.type == "LOC" and text[entity.start - 1 : entity.start] == "在":
                    position = entity.start - 1  # 酷澎在台湾的营业额: the place is only where
                    continue
                if entity.type == "LOC":
                    return Subject(entity.name, entity.start, entity.end, "stated", named=False)
                if (holder := self._holder(entity, limit)) is not None:
                    return holder
                if entity.type in _NAMED or (entity.type == "EVENT" and not is_season(entity.name)):
                    return self._party(limit, entity)
                if entity.type == "PERSON":
                    return self._people.owner(entity)
                position = entity.start
                continue
            if (time := self._times.get(position)) is not None and time.start >= limit:
                position = time.start
                continue
            if text[position - 1] in "」”』" and (quoted := self._quoted(limit, position)) is not None:
                return quoted
            if text[position - 1] in "）)" and (opened := _opening(text, limit, position)) is not None:
                position = opened
                continue
            if (organisation := self._organisation(clause, limit, position)) is not None:
                return organisation
            noun = words.groups_end.search(text, max(limit, position - 8), position)
            filler = words.filler_end.search(text, max(limit, position - 12), position)
            if noun is not None and (filler is None or noun.start() <= filler.start()):
                platform = self._entities.get(noun.start())
                if platform is not None and (holder := self._holder(platform, limit)) is not None:
                    return holder
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
        previous = self._discourse.clause_before(clause)
        if previous is None:
            return None
        end = previous.end - 1
        if self._text[end] not in "，," or previous.values:
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

    def _holder(self, platform: Entity, limit: int) -> Subject | None:
        """Who has the shop or account on a platform: 东方甄选抖音直播间, 李佳琦的微博粉丝."""
        if platform.type != "PLATFORM" or not constructions().shopfront.match(self._text, platform.end):
            return None
        start = platform.start
        holder = self._entities.get(start) or (
            self._entities.get(start - 1) if self._text[start - 1 : start] == "的" else None
        )
        if holder is None or holder.start < limit or holder.type not in _NAMED | {"PERSON"}:
            return None
        return Subject(holder.name, holder.start, holder.end, "stated", named=True)

    def _quoted(self, limit: int, end: int) -> Subject | None:
        """A name in quotation marks that no tag gives (「隔日到货」的免运门槛)."""
        match = _QUOTED.search(self._text, max(limit, end - _MAX_QUOTED), end)
        if match is None:
            return None
        start, stop = match.span("name")
        if constructions().marked_end.search(self._text, max(limit, start - 6), start - 1):
            return None  # 通过“以旧换新”卖出
        if any(end in self._entities for end in range(start + 1, stop + 1)):
            return None
        return Subject(match["name"], start, stop, "stated", named=False)

    def _organisation(self, clause: Clause, limit: int, end: int) -> Subject | None:
        """An organisation without a tag that opens the clause (云智能集团营收, 国际数字商业集团收入)."""
        start = limit
        for time in clause.times:
            start = time.end if time.end <= end and time.start <= start + 1 else start
        match = constructions().organisation.fullmatch(self._text, start, end)
        if match is None or any(e.start < end and start < e.end for e in clause.entities):
            return None
        return Subject(match["name"], match.start("name"), end, "stated", named=True)

    def goods(self, clause: Clause, limit: int, end: int) -> Subject | None:
        """Return the goods right before their price (儿童电动车售价, 同款保温杯的批发价), None behind a party."""
        if self._entities.get(end) is not None or (
            self._text[end - 1 : end] == "的" and self._entities.get(end - 1)
        ):
            return None
        if self._text[end - 1 : end] == "的":
            end -= 1
        match = constructions().goods_end.search(self._text, max(limit, end - _MAX_GOODS), end)
        if match is None:
            return None
        start, stop = match.span("goods")
        start = max(start, self._left_edge(clause, limit, stop))
        cut = self._text.rfind("的", start, stop)
        start = max(start, cut + 1)
        if stop - start < _MIN_GOODS or self._text[start] in "单每均" or self._is_filler(start, stop):
            return None
        return Subject(self._text[start:stop], start, stop, "stated", named=False)

    def _is_filler(self, start: int, end: int) -> bool:
        return constructions().filler_end.search(self._text, start, end) is not None

    def _party(self, limit: int, entity: Entity) -> Subject | None:
        marked = constructions().marked_end.search(self._text, max(limit, entity.start - 5), entity.start)
        if marked and self._text[entity.start - 2 : entity.start] not in _ABOVE:  # 高于抖音的90元
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
            giving = phrase == "平台" and self._text.startswith(("给", "提供", "发放"), end)
            given = Subject(phrase, start, end, "stated", named=False) if giving else None
            return self._platform(clause, start) or given
        if phrase in words.plain or phrase.endswith(("用户", "买家", "消费者", "会员")):
            if owner is not None and owner.type in COMPANY_TYPES | {"PERSON"} and owner.start >= limit:
                return self._party(limit, owner)
            if phrase in words.plain and not counted and phrase not in words.sectors:
                return None
        if phrase in words.plain | words.sectors and words.possessor_end.search(
            text, max(limit, start - 4), start
        ):
            return None  # 前者的团购核销率 is the former's
        if phrase.startswith(("这", "该", "其")) or text[start - 2 : start] in {
            "每位",
            "每名",
            "每个",
            "每家",
        }:
            return None
        if owner is not None and owner.end == start and owner.type in COMPANY_TYPES and owner.start >= limit:
            if phrase.endswith("电商"):
                return self._party(limit, owner)  # 阿里健康医药电商
            start = owner.start
            phrase = text[start:end]
        if words.locus_end.search(text, max(limit, start - 2), start):
            return None  # 在95后中的渗透率
        phrase = phrase.strip("“”‘’「」『』 ")
        if not phrase:
            return None
        return Subject(phrase, start, end, "stated", named=False, counted=counted)

    def _platform(self, clause: Clause, before: int) -> Subject | None:
        """平台短视频播放量 is of the platform that the sentence speaks of."""
        for earlier in sentence_so_far(self._discourse, clause):
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
        if text[start - 1] == "在":
            return None  # Costco在中国的会员
        if text[start] == "的":
            return None  # a clause with a figure of its own stands before
        if words.membership_end.search(text, max(limit, start - 4), noun.start()):
            return None
        if text[start] in _PRONOUNS:
            return None  # 它的门店有18590家
        if words.shopfront.match(text, start):
            return None  # 抖音账号的粉丝: the account is somebody's
        regional = text[start:end].startswith(_REGIONS) and noun.start() > start
        relative = regional or "的" in text[start : end - 1] or text[start - 1 : start] == "的"
        if not relative:
            return None
        if words.affected_end.search(text, start, noun.start()):
            start = text.rindex("的", start, noun.start()) + 1  # 连带冻结的小号: what happened to them
        return Subject(text[start:end].strip("“”"), start, end, "stated", named=False)

    def leading(self, clause: Clause) -> Subject | None:
        """Return the described group or place that opens the sentence so far (跨境电商赛道披露了12起融资, 深圳6月1日起…)."""
        for earlier in reversed(sentence_so_far(self._discourse, clause)):
            start = earlier.start
            for time in earlier.times:
                start = time.end if time.start <= start + 1 else start
            match = constructions().leading_group.match(self._text, start)
            if match is not None and match.end() <= earlier.end:
                return Subject(match["group"], match.start(), match.end("group"), "stated", named=False)
            place = next((e for e in earlier.entities if e.start == start and e.type == "LOC"), None)
            if place is not None:
                return Subject(place.name, place.start, place.end, "stated", named=False)
        return None

    def is_membership(self, limit: int, noun: int) -> bool:
        """True where the noun is of those on a platform (入驻的品质餐饮门店), whose number is the platform's."""
        return constructions().membership_end.search(self._text, max(limit, noun - 10), noun) is not None

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
