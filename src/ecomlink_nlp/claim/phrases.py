"""Noun phrases without a name: described objects (售假商家, 第三方), channels (直播间购物车) and amounts."""

import re
from functools import cache

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.document import Amount, Argument, Value
from ecomlink_nlp.text.lazy import LazyPattern

# What may stand before the head of a described object and does not belong to it.
_LEAD = re.compile(
    r"^(?:了|过|着|起|掉|的(?=[一两三四五六七八九十百千数多几\d]))?(?:其|它的|该)?(?:旗下的?|名下的?|自家的?|自己的?)?(?:[\\u4e00-\\u9fff]{2}(?:以外|之外)的)?(?!第三方)(?:最后的?|唯一的?|最早的?|仅剩的?)?(?:所有的?|全部的?|各类|各个|多个|多家|首家|首个|一半的?|半数|过半|大半|大部分|大多数|绝大多数|近半|一些|一批|部分|这些|那些|这种|某些|首批|大批|大量|其他|其他的|其余|涉事的?|相关的?|有关的?|上述|同类|"
    r"(?:第?[一二两三四五六七八九十百千万亿数几多余\d.]+(?![年代级星度]))(?:多|余)?(?:家|名|个|位|批|款|类|条|种|些|项|间|座|次|起|只|支)?)?的?"
)
_STOP = re.compile(r"[,，。;；:：!！?？\s“”「」『』《》（）()]")
# 第三方来源的商品 is about the third party, 违规卖家的账号 about the seller: what a party owns names the party.
_OWNED = re.compile(
    r"(?:来源|平台)?的?(?:商品|产品|链接|外链|货品|账号|账户|店铺|直播间|小号|三方商品|物流|流量|信息)(?:链接)?$"
)
# 杭州一家做切片分发的公司: the phrase proper begins behind the classifier
_INTRODUCED = re.compile(r".{0,8}?(?:一家|一个|某家|一名|一位)(?:做|从事|主打|专做)?")
# 内测了半年的|外卖频道: what was done to it so far is not its name
_RELATIVE = re.compile(
    r"[^的]{1,8}[了过][^的]{0,8}的(?=.{2})|.{2,14}的(?=(?:\d+|[一二两三四五六七八九十百千数多几]+)(?:余|多)?(?:名|个|家|位|款|批|条|间))"
)
_CLAUSAL = re.compile(r"[在把向从给将被对]|以外|之外|通过|可以")
_MAX_PHRASE = 18
_MAX_TAIL = 6
_THINGS = ("笔记", "专栏", "公众号", "小程序", "App", "应用", "品牌", "店铺", "直播间")


def described_object(
    text: str, start: int, end: int, head: re.Pattern[str] | LazyPattern, role: str = "object"
) -> Argument | None:
    """Return the noun phrase at ``start`` that ends in ``head``, without its classifier; None where there is none.

    >>> text = "清退了1200多个售假商家,扣罚保证金"
    >>> described_object(text, 2, len(text), re.compile("商家|账号")).name
    '售假商家'
    """
    lead = _LEAD.match(text[start:end])
    begin = start + (lead.end() if lead else 0)
    stop = _STOP.search(text, begin, end)
    limit = min(stop.start() if stop else end, begin + _MAX_PHRASE)
    last = None
    for match in head.finditer(text, begin, limit):
        last = match
    if last is None or last.end() - begin < 2:
        return None
    name = text[begin : last.end()]
    if (introduced := _INTRODUCED.match(name)) is not None and introduced.end() < len(name) - 1:
        begin, name = begin + introduced.end(), name[introduced.end() :]
    if relative := _RELATIVE.match(name):
        begin, name = begin + relative.end(), name[relative.end() :]
        if counted := _LEAD.match(name):
            begin, name = begin + counted.end(), name[counted.end() :]
    if _CLAUSAL.search(name):
        tail = name.rpartition("的")[2]
        if len(last[0]) <= len(tail) <= _MAX_TAIL and not _CLAUSAL.search(tail):
            kept = without_lead(text, last.end() - len(tail), last.end())
            last_noun = last.end() - len(kept.name), kept.name  # 它在武汉的研发团队
        else:
            last_noun = last.start(), last[0]
        begin, name = last_noun  # 禁止卖家在商品页中放置外部二维码: only the last noun phrase
    owned = _OWNED.search(name)
    if (
        owned
        and owned.start() >= 2
        and (_is_party(head, name[: owned.start()]) or name.startswith(("第三方", "三方")))
    ):
        name = name[: owned.start()]
    if name.endswith("业务") and "的" not in name:
        name = name.removesuffix("业务")  # 裁撤盟聚业务 is about 盟聚; 旧业务 is about nothing in particular
        if len(name) < 2:
            return None
    return Argument(role, name.strip("的"), begin, last.end(), "described")


def without_lead(text: str, start: int, end: int) -> Argument:
    """The noun phrase in ``[start, end)`` without what counts or singles it out.

    >>> without_lead("最后一家门店", 0, 6).name
    '门店'
    """
    lead = _LEAD.match(text[start:end])
    begin = start + lead.end() if lead is not None and lead.end() < end - start else start
    return Argument("object", text[begin:end], begin, end, "described")


def _is_party(head: re.Pattern[str] | LazyPattern, phrase: str) -> bool:
    """True where what owns the account is somebody: 违规卖家, but not 代写笔记."""
    return head.search(phrase) is not None and not phrase.endswith((*_THINGS, "自己", "自家"))


@cache
def _channels() -> re.Pattern[str]:
    words = read_toml("channels.toml")["channels"]
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def channels_in(discourse: Discourse, clause: Clause, start: int, end: int) -> list[Argument]:
    """Return the surfaces (购物车, 短视频, 商家详情页, …) named in a stretch of the clause, each once."""
    found: list[Argument] = []
    for match in _channels().finditer(discourse.text, start, end):
        if any(e.start < match.end() and e.end > match.start() for e in clause.entities):
            continue
        if match[0] not in {argument.name for argument in found}:
            found.append(Argument("channel", match[0], match.start(), match.end()))
    return found


def amount_of(discourse: Discourse, clause: Clause, near: int) -> tuple[Amount, Value] | None:
    """Return the money of an event: in its clause the nearest, else in the next or last clause of the sentence."""
    neighbours = [clause]
    for step in (1, -1):
        index = clause.index + step
        if 0 <= index < len(discourse.clauses) and discourse.clauses[index].sentence == clause.sentence:
            neighbours.append(discourse.clauses[index])
    for candidate in neighbours:
        money = [value for value in candidate.values if value.type == "MONEY"]
        if money:
            value = min(money, key=lambda v: abs(v.start - near))
            return Amount(value.value, value.low, value.high, value.unit, value.mod), value
    return None
