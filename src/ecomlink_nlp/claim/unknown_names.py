"""Parties that nothing else knows, by where their names stand: before the verb, behind 被, between 对 and the verb.

Notes for a newcomer. `unnamed` reads phrases (售假商家), `quoted_names` names in quotation marks and `bare_names` those
where the verb has its object; here a short stretch that is no everyday word is taken for a name, each time at a place
where only a party can stand.
"""

import re

from ecomlink_nlp.claim.adverbs import without_adverbs
from ecomlink_nlp.claim.bare_names import is_everyday, is_name_like, is_tagged
from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.text.document import Argument

# A name that nothing else knows opens the sentence, right before a time or the verb: 格兰仕2019年11月状告天猫.
_OPENER = re.compile(
    r"[“「]?(?!有|据|因|但|而|昨|今|此|多|数|一|两|对|与|为|从|以|按|这|那|其|该|某|每|各|到|在|将|把|被|只|也|又|就|不|没|若|如|当|经|由|随|受|近|去|前|本|上|下|年|同|另|双|单|全|目|最)"
    r"(?P<name>[\u4e00-\u9fff]{2,5}|[A-Z][A-Za-z0-9.&]{1,14})[”」]?$"
)
_UNKNOWN_BODY = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,9}(?:局|署|厅|委|法院|中院|高院|检察院|部门|监管机构|当局|警方|公署|海关|消保委|消委会))"
)
_MARKED_NAME = re.compile(
    r"(?:对|向|给)(?P<name>[\u4e00-\u9fff]{2,6})(?:的|进行|实施|提起|提出|发起|作出|正式|全面|再次|再度|又)*$"
)
_WHOSE_SHARES = re.compile(
    r"(?:了|过)?(?P<name>[\u4e00-\u9fff]{2,6}?)的?(?:新一轮|本轮|这轮|此轮|最新一轮|[A-F]\+?轮|天使轮|种子轮|融资|(?:全部|控股|多数|部分|少数|[约近]?\d{1,3}(?:\.\d{1,3})?[%％])?的?(?:股权|股份))"
)
_NAMED_DEAL = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,7})的?(?:这[笔桩]|一[笔桩])?(?:交易|传闻|消息|谈判|意向|要约|提议|计划|一事)"
)
_HOLDER = re.compile(
    r"(?:了|到|入|至|给)?(?P<name>[\u4e00-\u9fff]{2,6}?)(?:手中|手里|之手|囊中|名下|麾下|旗下|怀抱)"
)
_NAMED_AGENT = re.compile(
    r"(?:被|遭|由)(?P<name>[\u4e00-\u9fff]{2,7}?|[A-Z][A-Za-z0-9.&]{1,14})(?:以[^，,。]{1,12}|正式|联合|独家|整体|全资)?$"
)
_MANNER = re.compile(
    r"传|指|曝|会$|全资|独家|整体|全额|高价|低价|联合|共同|正式|永久|无限期|强制|责令|勒令|要求|顶格|依法|公开|点名|当场|先后|多次|再次|全面|彻底|迅速|集体|同时|一举|直接|间接|紧急|暂时|临时|处以|判|罚|查|封|冻|停|通报|实名|恶意"
)
_TAKES_FOREIGN = frozenset({"acquire", "invest", "accuse", "sanction", "require"})
_FOREIGN = re.compile(
    r"(?:了|过)?(?:[\u4e00-\u9fff]{0,8}?(?:品牌|平台|公司|企业|电商|应用|厂商|巨头|零售商|网站|对手|同行|初创|集团|连锁|超市|机构|诊所|工作室|餐厅|服务商|开发商|商|者))?"
    r"(?P<name>[A-Z][A-Za-z0-9.&'-]+(?: [A-Z][A-Za-z0-9.&'-]+)*)"
    r"(?![$＄]|[\u4e00-\u9fff]{0,6}(?:品牌|平台|公司|企业|电商|应用|厂商|服务商|网站|团队|工厂|业务|机构))"
)
_NOT_OPENING = re.compile(
    r"[的了在是把将被与和对从向因替为就也又并而但此该其这那有人者们方员说称]|[年月日天周季]|公司|平台|企业|商家|品牌|法院|机构|消息|报道|市场|股东|其中|随后|同时|目前|最终|后来|当时|如今|官方|集团|创始|老板|高管|总裁|律师|部门|网友|用户|媒体|政府"
)


def marked_name(s: Situation) -> list[Argument]:
    """An unknown name between 对, 向 or 给 and the verb, or before whose round or shares: 对国付宝的收编, 参与水滴的新一轮融资."""
    if s.hit.frame.predicate not in _TAKES_FOREIGN or not s.roles.subjects:
        return []
    text = s.discourse.text
    match = _MARKED_NAME.search(text, s.clause.start, s.hit.start)
    if match is None and s.hit.frame.predicate in {"acquire", "invest"}:
        match = _NAMED_DEAL.match(text, s.hit.end, s.clause.end) or _WHOSE_SHARES.match(
            text, s.hit.end, s.clause.end
        )
    if match is None or not is_name_like(match["name"]) or _NOT_OPENING.search(match["name"]):
        return []
    if is_everyday(match["name"]) or is_tagged(s, *match.span("name")):
        return []
    return [Argument("object", match["name"], *match.span("name"), "described")]


def holder(s: Situation) -> list[Argument]:
    """An unknown name into whose hands something falls: 落入儒意手中."""
    match = _HOLDER.match(s.discourse.text, s.hit.end, s.clause.end)
    if (
        match is None
        or not is_name_like(match["name"])
        or is_everyday(match["name"])
        or is_tagged(s, *match.span("name"))
    ):
        return []
    return [Argument("subject", match["name"], *match.span("name"), "described")]


def foreign_name(s: Situation) -> list[Argument]:
    """A name in Latin letters that nothing else knows, behind the verb or between 将 and the verb: 把鞋履品牌Clarks纳入麾下."""
    if s.hit.frame.predicate not in _TAKES_FOREIGN:
        return []
    text, start = s.discourse.text, s.roles.disposal_start
    match = _FOREIGN.match(text, s.hit.end, s.clause.end)
    if start is not None:
        match = _FOREIGN.fullmatch(text[: s.hit.start], start)
    if match is None or any(
        e.start < match.end("name") and e.end > match.start("name") for e in s.clause.entities
    ):
        return []
    return [Argument("object", match["name"], match.start("name"), match.end("name"), "described")]


def named_agent(s: Situation) -> list[Argument]:
    """An unknown name right between 被 or 由 and the verb: 由隆启投资独投, 被国盛金控收购."""
    text = s.discourse.text
    match = _NAMED_AGENT.search(text, s.clause.start, s.hit.start)
    if s.hit.frame.predicate not in _TAKES_FOREIGN or match is None or _MANNER.search(match["name"]):
        return []
    if not is_name_like(match["name"]) or _NOT_OPENING.search(match["name"]) or is_everyday(match["name"]):
        return []
    start, end = match.span("name")
    place = next((e for e in s.clause.entities if e.type == "LOC" and e.start == start and e.end < end), None)
    if is_tagged(s, place.end if place else start, end) or (
        text.startswith("投资", s.hit.start) and not text.startswith(("了", "，", ",", "。", "的"), s.hit.end)
    ):
        return []  # of 由隆启投资独投 the verb is 独投
    return [Argument("subject", match["name"], *match.span("name"), "described")]


def opener(s: Situation, *, upto: int | None = None) -> list[Argument]:
    """An unknown name that opens the sentence, with nothing but times and adverbs between it and the verb.

    ``upto`` is the 被 of a passive, whose own clause the name may open.
    """
    if s.roles.subjects or s.clause.quoted or (upto is None and (s.roles.agents or s.roles.disposed)):
        return []
    text, clause = s.discourse.text, s.clause
    before = [c for c in s.discourse.sentence_clauses(clause.sentence) if c.index < clause.index]
    if upto is None and any(c.mentions or not c.times for c in before):
        return []
    end = s.hit.start if upto is None else upto
    times = [t for t in clause.times if clause.start < t.start and t.end <= s.hit.start]
    marks = [m.start - len(mark) for mark, group in s.roles.marked + s.roles.places for m in group[:1]]
    end = min([t.start for t in times] + marks + [end])
    name = (
        without_adverbs(text[clause.start : end])
        .removesuffix("最后")
        .rstrip("早已曾就并未没不也还又则再拟要想会于在自却竟遂")
        .removesuffix("最后")
    )
    body = _UNKNOWN_BODY.fullmatch(name)
    match = body or _OPENER.fullmatch(name)
    if match is None or (body is None and (_NOT_OPENING.search(name) or is_everyday(match["name"]))):
        return []
    start = clause.start + match.start("name")
    if is_tagged(s, start, start + len(match["name"])):
        return []
    return [Argument("subject", match["name"], start, start + len(match["name"]), "described")]
