"""Who acts between two companies where a group or a pair stands as subject: members, suppliers, 双方 and 不少小店."""

import re

from ecomlink_nlp.claim.eligibility import BETWEEN_COMPANIES
from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.text.document import Argument

_ACT_THEMSELVES = frozenset(
    {
        "供应商",
        "供货商",
        "经销商",
        "代理商",
        "服务商",
        "商家",
        "卖家",
        "品牌方",
        "品牌商",
        "品牌商家",
        "员工",
        "骑手",
        "主播",
        "达人",
    }
)
_MAY = re.compile(r"可|(?<!只)(?<!只有)能|支持|允许|获准|得以")
_OTHERS = re.compile(
    r"[“「]?(?:但|而|于是|此后|随后)?(?:有)?(?:不少|许多|很多|部分|一些|一批|大批|大量|几家|多家|多数|多个|数家|数十家|上百家)(?!门店|商品|产品|店铺|分店|仓|货|服务|订单|城市|包裹)"
)
_BOTH = re.compile("都|均|也|一起|一同|共同|联合|双双|先后|分别|各自")


def members(s: Situation) -> list[Argument] | None:
    """Of a group right before the verb: for what it may do the platform whose members they are (京东会员可在爱奇艺兑换).

    Nobody where suppliers and merchants act for themselves (叮咚退出后,当地供应商转投…); None where no such group stands.
    """
    last = s.roles.subjects[-1][-1] if s.roles.subjects else None
    if s.hit.frame.predicate not in BETWEEN_COMPANIES or last is None or last.kind != "group":
        return None
    if last.owner is not None:
        may = _MAY.search(s.discourse.text, last.end, s.hit.end) is not None
        return [Argument("subject", last.owner.name, last.owner.start, last.owner.end)] if may else []
    acts = last.text in _ACT_THEMSELVES and not _MAY.search(s.discourse.text, last.end, s.hit.start)
    return [] if acts and len(s.roles.subjects) == 1 else None


def first_of_pair(s: Situation, carried: list[Argument], names: set[str]) -> list[Argument]:
    """Of a pair that the text went on about as 双方 the first alone turns to a third party, whose story it is."""
    if (
        s.hit.frame.predicate not in BETWEEN_COMPANIES
        or len(carried) != 2
        or any(a.how == "stated" for a in carried)
    ):
        return carried
    told = next((c for c in s.discourse.before(s.clause) if s.discourse.own_subject(c)), None)
    apart = (
        told is None
        or names & {a.name for a in carried}
        or _BOTH.search(s.discourse.text, s.clause.start, s.hit.start)
    )
    if apart or told is None or not any(m.kind == "both" for m in told.mentions):
        return carried
    return carried[:1]


def is_of_others(s: Situation) -> bool:
    """True where a number of others act whom nobody names: 美团不再代收现金后,不少小店改用…."""
    if s.roles.subjects or s.hit.frame.predicate not in BETWEEN_COMPANIES:
        return False
    return _OTHERS.match(s.discourse.text, s.clause.start, s.hit.start) is not None
