"""What fills a role without a name: noun phrases that only describe (售假商家, 第三方来源的产品)."""

import re
from dataclasses import replace

from ecomlink_nlp.claim.bare_names import is_name_like
from ecomlink_nlp.claim.fillers import objects_behind, rest_is_long
from ecomlink_nlp.claim.phrases import described_object
from ecomlink_nlp.claim.quoted_names import QUOTED
from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.text.document import Argument, Entity
from ecomlink_nlp.text.lazy import LazyPattern

_CONJUNCTION = re.compile(r"^(?:但是?|而且?|不过|则|同时|并且?|目前|此后|其中|原本)?")
_COUNTED = re.compile(r"(?:[一两三四五六七八九十百数多几某]|\d)+[余多]?(?:家|位|名|个)")
_CALLED = re.compile(
    r"(?:名叫|名为|叫做|叫|名唤)[“「]?(?P<name>[^”」的]{2,12})[”」]?的"
)  # 一家叫链易通的服务商
_SAID_OF = re.compile(r"[^的]{2,8}[称说](?:自己|自家|其|他|她)的?(?P<name>.{2,})")  # 商家称自己的店铺
_TOPIC = re.compile(r"[“]?(?:对于|对|针对|至于)")
# Done to whom the phrase describes, whatever names describe them.
_OF_PEOPLE = frozenset({"sanction", "accuse"})
# Own things go by their noun, whatever describes them.
_THINGS = frozenset({"launch", "shut_down"})
_LINKS_ABROAD = frozenset({"外链", "外部链接", "站外链接", "外链接"})
_KIND_END = re.compile(r"(?:平台|公司|品牌|企业|应用|App|服务商|连锁|厂商|网站|社区|超市)$")
_NAME_BEHIND = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,5})(?=[，,。；;]|$|的?(?:全部|多数|少数|控股|[\d一二三四五六七八九])[^，,。]{0,6}股)"
)
_RELATIVE_GAP = re.compile(r"(?:了|掉)?[^，。、]{2,8}的")  # 收掉经营五年的泰国站
_AND = re.compile(r"和|与|及|、")
_BRANCH = re.compile(r"(?:首店|旗舰店|门店|分店|总部|分公司|站点|站|仓|店|版)")
_CLAUSE = 4  # characters


def behind(s: Situation) -> list[Argument]:
    """Objects behind the verb, named or described, whichever stands first (不再支持第三方商品进入抖音直播间)."""
    named, phrase = objects_behind(s), described(s)
    if not named or not phrase or named[0].how == "described":
        return named or phrase
    start, end, first_named = phrase[0].start, phrase[0].end, named[0].start
    if start is None or end is None or first_named is None or start < s.hit.end:
        return named
    if start <= first_named < end:
        return phrase  # which has looked at the names inside it
    if s.hit.frame.predicate == "launch" and not _AND.search(s.discourse.text, end, first_named):
        return named  # 小程序电商平台“魔筷星选”
    # 连锁品牌「友记」: a name right behind the phrase is the one meant
    return phrase if end + 1 < first_named else named


def described(s: Situation) -> list[Argument]:
    """An object without a name, behind the verb or between 将 or 把 and the verb."""
    head = s.hit.trigger.described
    if head is None or s.discourse.text.startswith(("任何", "了任何", "过任何"), s.hit.end):
        return []
    text = s.discourse.text
    # 向监管部门举报平台
    marked = _marker_end(s, frozenset("对") if s.hit.frame.predicate == "accuse" else s.hit.trigger.markers)
    starts = [start for start in (s.roles.disposal_start, marked) if start is not None]
    found = None
    for start in starts:
        found = found or described_object(text, start, s.hit.start, head)
    behind = next(
        (t.end + text.startswith("起", t.end) for t in s.clause.times if t.start == s.hit.end), s.hit.end
    )
    if found is None and (branches := _branches(s, behind)):
        return branches
    found = found or described_object(text, behind, s.clause.end, head)
    if (
        found is not None
        and found.end is not None
        and (called := QUOTED.match(text, found.end, s.clause.end))
    ):
        return [Argument("object", called[1], *called.span(1), "described")]  # 供应商“绿野源”
    if found is not None and (name := _name_behind(s, found)):
        return [name]
    if found is not None and s.hit.frame.predicate == "block_link" and found.name in _LINKS_ABROAD:
        found = replace(found, name="第三方")  # 切断外链: whoever the links lead to
    if found is not None and s.hit.frame.predicate in _THINGS:
        found = _without_clause(s, found)
    if found is None:
        default = s.hit.trigger.default
        return [Argument("object", default, s.hit.start, s.hit.end, "described")] if default else []
    # 举报平台恶意罚款: a referring word is not its own name.
    referring = next((m for m in s.clause.mentions if m.end == found.end and m.text == found.name), None)
    if referring is not None and referring.kind not in {"entity", "group"}:
        return [replace(a, role="object") for a in s.discourse.resolve(referring)] or [found]
    # 跳往微信的二维码 names a party inside: that is the object.
    inside = [
        e
        for e in s.clause.entities
        if found.start is not None and found.end is not None and found.start <= e.start and e.end <= found.end
    ]
    named = [e for e in inside if e.type in s.hit.trigger.objects and _is_head(s, e, found)]
    return [Argument("object", e.name, e.start, e.end) for e in named] or _coordinated(found, head)


def _name_behind(s: Situation, kind: Argument) -> Argument | None:
    """The name behind what kind of party it is: 入股分销平台洋葱."""
    if kind.end is None or not _KIND_END.search(kind.name):
        return None
    match = _NAME_BEHIND.match(s.discourse.text, kind.end, s.clause.end)
    if match is None or not is_name_like(match["name"]):
        return None
    return Argument("object", match["name"], *match.span("name"), "described")


def _without_clause(s: Situation, found: Argument) -> Argument:
    """年费279元的黑卡 is a 黑卡; a place and an adjective stay (南京的前置仓, 独立的电商App)."""
    described, _, noun = found.name.rpartition("的")
    is_long = len(described) >= _CLAUSE or described.endswith(("年", "月", "天", "日", "周"))
    if not is_long or not noun or any(e.type == "LOC" and e.start == found.start for e in s.clause.entities):
        return found
    return replace(found, name=noun)


def _is_head(s: Situation, entity: Entity, phrase: Argument) -> bool:
    """True where the name inside the phrase is meant, not what the phrase says of it (售卖假茅台的账号)."""
    if s.hit.frame.predicate not in _OF_PEOPLE or entity.type == "PERSON" or phrase.start is None:
        return True
    places = sum(
        e.end - e.start
        for e in s.clause.entities
        if e.type == "LOC" and phrase.start <= e.start < entity.start
    )
    return entity.start - phrase.start == places  # 广州美萃贸易的店铺


def _branches(s: Situation, start: int) -> list[Argument]:
    """Branches named after their places, right behind the verb: 关闭了印尼站和泰国站."""
    found: list[Argument] = []
    for place in (e for e in s.clause.entities if e.type == "LOC" and e.start >= start):
        match = _BRANCH.match(s.discourse.text, place.end, s.clause.end)
        reach = found[-1].end if found else s.hit.end
        gap = s.discourse.text[reach : place.start] if reach is not None else ""
        if match is None or reach is None or (len(gap) > 2 and not _RELATIVE_GAP.fullmatch(gap)):
            break
        found.append(Argument("object", place.name + match[0], place.start, match.end(), "described"))
    return found


def branch_before(s: Situation) -> list[Argument]:
    """A branch named after its place, right before the verb, times and adverbs apart: Lazada越南站上周五开张."""
    places = [e for e in s.clause.entities if e.type == "LOC" and e.end <= s.hit.start]
    if not places:
        return []
    place = places[-1]
    match = _BRANCH.match(s.discourse.text, place.end, s.hit.start)
    if match is None:
        return []
    return [Argument("object", place.name + match[0], place.start, match.end(), "described")]


def _coordinated(found: Argument, head: re.Pattern[str] | LazyPattern) -> list[Argument]:
    """印尼站和泰国站 are two, each with a head of its own."""
    parts = _AND.split(found.name)
    if len(parts) < 2 or not all(re.search(f"(?:{head.pattern})$", part) for part in parts):
        return [found]
    return [Argument(found.role, part, found.start, found.end, found.how) for part in parts]


def _marker_end(s: Situation, marks: frozenset[str]) -> int | None:
    """Where the words behind one of the trigger's markers begin: 对线下门店进行了全面关停."""
    ends = [
        index + len(mark)
        for mark in marks
        if (index := s.discourse.text.find(mark, s.clause.start, s.hit.start)) >= 0
    ]
    return max(ends, default=None)


def counted(s: Situation) -> list[Argument]:
    """Somebody between 将 or 把 and the verb whom a number introduces: 把一家模仿其门头的奶茶店告上法庭."""
    start = s.roles.disposal_start
    if (
        start is None
        or s.hit.frame.predicate not in _OF_PEOPLE
        or _COUNTED.match(s.discourse.text, start, s.hit.start) is None
    ):
        return []
    if found := described(s):
        return found
    heads = s.hit.trigger.described
    match = (
        re.compile(f"的({heads.pattern})$").search(s.discourse.text, start, s.hit.start) if heads else None
    )
    # 把一个说它“倒卖数据”的大V告了: of a longer description the noun is enough
    return [Argument("object", match[1], *match.span(1), "described")] if match else []


def described_before(s: Situation) -> list[Argument]:
    """An object without a name at the clause's start: 第三方来源的产品将不再支持."""
    head = s.hit.trigger.described
    if head is None:
        return []
    text = s.discourse.text
    lead = _CONJUNCTION.match(text[s.clause.start : s.hit.start])
    start = s.clause.start + (lead.end() if lead else 0)
    found = described_object(text, start, s.hit.start, head)
    if found is not None and found.end is not None and (called := QUOTED.match(text, found.end, s.hit.start)):
        return [Argument("object", called[1], *called.span(1), "described")]
    if found is not None and (named := _CALLED.match(found.name)) is not None:
        return [replace(found, name=named["name"])]
    if found is not None and (said := _SAID_OF.match(found.name)) is not None:
        return [replace(found, name=said["name"])]
    return [found] if found else []


def topic(s: Situation) -> list[Argument]:
    """A described object that a clause of its own puts in front: 对于恶意差评师,京东一律拉黑."""
    head, before = s.hit.trigger.described, s.discourse.clause_before(s.clause)
    if head is None or before is None or rest_is_long(s):
        return []
    mark = _TOPIC.match(s.discourse.text, before.start, before.end)
    found = described_object(s.discourse.text, mark.end(), before.end, head) if mark else None
    return [found] if found else []
