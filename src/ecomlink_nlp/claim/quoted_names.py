"""Unknown names in quotation marks that open a clause or go on after an object: “嘿客”两年后铺开, “有矿”“纤茶”."""

import re

from ecomlink_nlp.claim.adverbs import is_apart
from ecomlink_nlp.claim.bare_names import is_tagged
from ecomlink_nlp.claim.discourse import Mention
from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.text.document import Argument

QUOTED = re.compile(r"[“「『]([^”」』]{1,12})[”」』]")
_ALSO = re.compile(
    r"(?:App|APP)?[”」』](?:、|和|与|及|以及)?(?:[\u4e00-\u9fff]{0,6}(?:公司|品牌|平台|应用|App|服务|产品|工具|频道|社区))?[“「『](?P<quoted>[^”」』，。；]{1,12})(?=[”」』])"
    r"|[”」』]?(?:、|和|与|及|以及)[\u4e00-\u9fff]{0,6}(?:公司|品牌|平台|应用|App|产品|工具|社区)(?P<foreign>[A-Z][A-Za-z0-9.&'-]+(?: [A-Z][A-Za-z0-9.&'-]+)*)"
)
_MAX_KIND = 14  # characters of what kind of thing it is, before its name
_QUOTED_OPENER = re.compile(r"(?:而|但|其中|同时|不过|此外)?[“「『](?P<name>[^”」』，。；]{2,12})[”」』]")


def also(s: Situation, objects: list[Argument]) -> list[Argument]:
    """Further unknown names coordinated with the last object: “有矿”“纤茶”, “飞象星球”和咖啡品牌Grid Coffee."""
    found: list[Argument] = []
    end = objects[-1].end if objects else None
    while end is not None and end > s.hit.end and (match := _ALSO.match(s.discourse.text, end, s.clause.end)):
        group = "quoted" if match["quoted"] else "foreign"
        if not is_tagged(s, *match.span(group)):
            found.append(Argument("object", match[group], *match.span(group), "described"))
        end = match.end(group)
    names = {a.name for a in objects}
    return [a for a in found if a.name not in names]


def quoted_defined(s: Situation, group: list[Mention]) -> list[Argument]:
    """An unknown name in quotation marks that opens a clause, and 是 before the party: “朵拉”是抖音内测的二手频道."""
    match = _QUOTED_OPENER.match(s.discourse.text, s.clause.start, group[0].start)
    if match is None or is_tagged(s, *match.span("name")):
        return []
    if s.discourse.text[match.end() : group[0].start] not in {
        "是",
        "是由",
        "为",
        "系",
        "由",
        "，是",
        "App是",
    }:
        return []
    return [Argument("object", match["name"], *match.span("name"), "described")]


def quoted_opener(s: Situation) -> list[Argument]:
    """A name in quotation marks that opens the clause of its verb, nothing but times and adverbs between: “嘿客”两年后铺开."""
    match = _QUOTED_OPENER.match(s.discourse.text, s.clause.start, s.hit.start)
    if match is None or is_tagged(s, *match.span("name")):
        return []
    if is_apart(s, match.end()):
        return []
    return [Argument("object", match["name"], *match.span("name"), "described")]


def quoted_in(s: Situation) -> list[Argument]:
    """A name in quotation marks somewhere behind the verb in its clause: 上线了社交应用“轻聊”."""
    match = QUOTED.search(s.discourse.text, s.hit.end, s.clause.end)
    if match is None or match.start() - s.hit.end > _MAX_KIND * (
        2 if s.hit.frame.predicate == "launch" else 1
    ):
        return []
    return [Argument("object", match[1], match.start(1), match.end(1), "described")]
