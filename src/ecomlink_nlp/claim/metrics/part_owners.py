"""Parts, things and groups that are themselves the subject of a figure: 奶茶占了近四成, 其中九成由小店撑起, 封禁账号3200个."""

import re

from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.lexicon import Word
from ecomlink_nlp.claim.metrics.state import State
from ecomlink_nlp.claim.metrics.subject import Subject
from ecomlink_nlp.claim.metrics.window import Reading, Window

_CASES = frozenset({"complaints", "incidents"})
_CONTRAST = re.compile("(?:而|但|，)*(?P<noun>[一-鿿]{2,5}?)(?:则|却|反而|倒)")
_AMONG = re.compile("(?:其中|而|则|，|,){0,3}")


def bare(window: Window, reading: Reading) -> Subject | None:
    """奶茶占了近四成: whatever short noun stands alone before the verb is the part."""
    match = constructions().bare.fullmatch(window.text, window.start, reading.anchor)
    if match is None or match["noun"] in constructions().plain:
        return None
    for entity in window.clause.entities:
        if entity.start == match.start("noun"):  # 湖南一省占了五成
            return Subject(entity.name, entity.start, entity.end, "stated", named=entity.type != "LOC")
    return Subject(match["noun"], match.start("noun"), match.end("noun"), "stated", named=False)


def contrasted(window: Window, reading: Reading) -> Subject | None:
    """线下则掉了11%: whatever short noun opens the clause is set against what was told before."""
    match = _CONTRAST.fullmatch(window.text, window.start, reading.anchor)
    if match is None or window.start != window.clause.start:
        return None
    start, end = match.span("noun")
    spans = [(e.start, e.end) for e in window.clause.entities]
    spans += [(t.start, t.end) for t in window.clause.times]
    if match["noun"] in constructions().plain or any(left < end and start < right for left, right in spans):
        return None
    return Subject(match["noun"], start, end, "stated", named=False)


def inside(window: Window) -> Subject | None:
    """预制菜在销售额里的占比: the part stands before the whole."""
    match = constructions().part_within.search(window.text, window.start, window.quantity.start)
    if match is None:
        return None
    start, end = match.span("part")
    for entity in window.clause.entities:
        if entity.end == end and entity.start >= start:
            return Subject(entity.name, entity.start, entity.end, "stated", named=True)
    return Subject(match["part"], start, end, "stated", named=False)


def counted(window: Window, reading: Reading, state: State) -> Subject | None:
    """What was counted right before has the share of another whole (商品已有1200种，占到销售额的35%)."""
    word = reading.word
    if reading.rule != "share" or word is None or word.start < reading.anchor or not state.levels:
        return None
    last, _ = state.levels[-1]
    counts = last.word is not None and last.word.form == "nouns" and last.metric.id != word.metric.id
    if not counts or last.word is None or window.gap(window.start, reading.anchor):
        return None
    return Subject(
        window.text[last.word.start : last.word.end], last.word.start, last.word.end, "stated", named=False
    )


def about(window: Window, reading: Reading) -> Subject | None:
    """What the cases are about, whoever counts them: 涉及直播购物的有效投诉量, 直播带货投诉."""
    word = reading.word
    if word is None or reading.metric.name not in _CASES:
        return None
    match = constructions().about.search(window.text, window.start, word.start)
    if match is None:
        return None
    start, end = match.span("about")
    for entity in window.clause.entities:
        if (entity.start, entity.end) == (start, end):
            return Subject(entity.name, start, end, "stated", named=True)
    return Subject(match["about"], start, end, "stated", named=False)


def giver(window: Window, reading: Reading) -> Subject | None:
    """会员贡献了九成的销售额: the bare group before 贡献 is the part, not the party that it belongs to."""
    clause, anchor = window.clause, reading.anchor
    if constructions().gives.match(window.text, anchor, window.quantity.start) is None:
        return None
    ends = [entity.end for entity in clause.entities if entity.end <= anchor]
    start = max([clause.start, window.start, *ends])
    start = _AMONG.match(window.text, start).end()  # type: ignore[union-attr]
    noun = constructions().groups_end.search(window.text, start, anchor)
    place = constructions().region.fullmatch(window.text, start, anchor)
    if place is not None:
        return Subject(place["place"], start, place.end("place"), "stated", named=False, counted=True)
    if noun is None or noun.start() != start:
        return None
    return Subject(noun[0], start, anchor, "stated", named=False, counted=True)


def part(span: tuple[int, int], window: Window) -> Subject | None:
    """The part named behind a figure, where it is a short noun phrase."""
    text = window.text[span[0] : span[1]].rstrip("，。；,;”」")
    text = constructions().part_verb_end.sub("", text)
    for entity in window.clause.entities:
        if entity.start == span[0] and entity.end >= span[0] + len(text):
            return Subject(entity.name, entity.start, entity.end, "stated", named=True)
    limit = 12 if window.quantity.kind in {"percent", "fraction"} else 5
    if text.startswith(("从", "由", "通过", "在")):
        return None  # 八成的用户是从微信进来的
    dated = any(span[0] <= time.start < span[1] for time in window.clause.times)
    if not text or dated or len(text) > limit or any(mark in text for mark in "、，在此"):
        return None
    return Subject(text, span[0], span[0] + len(text), "stated", named=False)


def objects(window: Window, word: Word) -> Subject | None:
    """封禁违规账号3200余个: what is removed stands before its number."""
    removal = constructions().removal_end.search(window.text, window.start, word.start)
    if word.form != "nouns" or word.end > window.quantity.start or removal is None:
        return None
    start = removal.end("verb")
    return Subject(window.text[start : word.end], start, word.end, "stated", named=False, counted=True)


def removed(window: Window, reading: Reading) -> Subject | None:
    """清退了1200多个售假商家: the counted group is no longer the party's, so it is the subject."""
    word = reading.word
    if word is None or constructions().removal.search(window.before) is None:
        return None
    classifier = constructions().classifier.match(window.text, window.quantity.end, word.start)
    start = classifier.end() if classifier else window.quantity.end
    start = max(start, window.text.rfind("的", start, word.start) + 1)
    return Subject(window.text[start : word.end], start, word.end, "stated", named=False, counted=True)


def trade(window: Window, reading: Reading) -> Subject | None:
    """The trade that the measure's word itself begins with, where nobody is named (快递业务量完成285亿件)."""
    word = reading.word
    if word is None or word.start > window.quantity.start:
        return None
    match = constructions().sector.match(window.text, word.start, word.end)
    if match is None or match.end() == word.end:
        return None
    return Subject(match[0], match.start(), match.end(), "stated", named=False)


def priced(window: Window) -> Subject | None:
    """The thing named right behind its price (月费59元的「WOW会员」)."""
    start = window.quantity.end
    if window.text[start : start + 1] != "的":
        return None
    for entity in window.clause.entities:
        if 0 < entity.start - start <= 2 and entity.type in {"PRODUCT", "WORK"}:
            return Subject(entity.name, entity.start, entity.end, "stated", named=True)
    return None
