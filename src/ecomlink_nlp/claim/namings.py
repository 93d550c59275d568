"""Constructions of naming: what is renamed, from what and to what.

Names that are given are seldom known, so that what stands in quotation marks counts as it is written.
"""

import re
from dataclasses import replace

from ecomlink_nlp.claim import (
    adverbs,
    bare_names,
    discourse_words,
    earlier_claims,
    fillers,
    quoted_names,
    unsaid_objects,
)
from ecomlink_nlp.claim.situation import Filled, Situation
from ecomlink_nlp.text.document import Argument

# 换上了X Shopping的新名字, 改称X之后
_NAME_TAIL = re.compile(
    r"(?:的(?:新|全新)?(?:名字|名称|名号|招牌|字样|品牌)|(?:之后|以后|之前|以来|后|起))+$"
)
_FROM_NAME = re.compile(r"[由从自][“「『](?P<name>[^”」』]{1,14})[”」』](?:正式|统一|悄然|陆续|,|，)?$")
_NO_NEW_NAME = re.compile(
    r"^字|自研|自营|自建|线上|不到|不足|[年月天]$|如今|自己|原来|什么|别的|其他|对手|伙伴|[了的是在把被将]"
)
_MAX_NEW_NAME = 12  # characters
_MAX_NAME = 10  # characters
_EVERYDAY = ("改为", "升级为", "改成")
_NAME_NOUNS = frozenset(
    {
        "公司",
        "公司名称",
        "公司名",
        "名称",
        "名字",
        "店名",
        "品牌名",
        "品牌名称",
        "证券简称",
        "简称",
        "公司简称",
        "股票简称",
        "招牌",
        "门店招牌",
        "旧招牌",
        "网站名称",
    }
)


def formerly(s: Situation) -> Filled | None:
    """New name – 前身是 – old name."""
    new = fillers.first(s, reversed(s.roles.subjects))[-1:] or _phrase_before(s)  # 快手磁力金牛
    old = _quoted_behind(s) or fillers.first(s, s.roles.after) or bare_names.bare_object(s)
    if not old or not new:
        return None
    return Filled([replace(old[0], role="subject")], [replace(a, role="object") for a in new[:1]])


def naming(s: Situation) -> Filled | None:
    """Old name – 更名为 – new name; 由 or 从 old name – 变更为 – new name. Names in quotation marks count as written."""
    old = _from_before(s) or fillers.first(s, s.roles.disposed) or fillers.referred(s, s.roles.disposed)
    everyday = s.discourse.text[s.hit.start : s.hit.end] in _EVERYDAY  # 转速改为自动 renames nothing
    old = (
        old
        or ([] if everyday else _phrase_before(s))
        or _quoted_before(s)
        or fillers.first(s, reversed(fillers.heads(s)))
    )
    old = [a for a in old if a.name not in _NAME_NOUNS]  # 公司名称变更为: whose name it is stands before
    old = old or earlier_claims.just_taken(s) or s.discourse.subject_of(s.clause, s.clause.start) or []
    quoted = _quoted_behind(s)
    new = fillers.first(s, s.roles.after) or quoted
    if not old or not new:
        return None
    text, first = s.discourse.text, old[0]
    if first.name == new[0].name and first.start is not None and first.end is not None:
        # Both are names of one party: each counts as it is written.
        first, new = replace(first, name=text[first.start : first.end].removesuffix("App")), quoted or new
    if first.name == new[0].name:
        return None
    if quoted and new[0].start == quoted[0].start and quoted[0].end == new[0].end:
        new = quoted  # the new name as it is written, be it another's today
    return Filled([replace(first, role="subject")], [replace(a, role="object") for a in new[:1]])


def from_old(s: Situation) -> Filled | None:
    """New name – 由 old name – 升级而来."""
    old = _from_before(s) or fillers.agents(s)
    new = fillers.first(s, reversed(s.roles.subjects)) or unsaid_objects.carried_objects(
        s, {a.name for a in old}
    )
    if not old or not new:
        return None
    return Filled([replace(old[0], role="subject")], [replace(a, role="object") for a in new[:1]])


def _from_before(s: Situation) -> list[Argument]:
    """The old name behind 由 or 从: 公司名称由“宝尊电商”变更为…."""
    match = _FROM_NAME.search(s.discourse.text, s.clause.start, s.hit.start)
    return [Argument("subject", match["name"], *match.span("name"))] if match else []


def _phrase_before(s: Situation) -> list[Argument]:
    """The words before the verb, without times and adverbs, as a name that nothing else knows: 毒App更名为得物."""
    start = max([t.end for t in s.clause.times if t.end <= s.hit.start], default=s.clause.start)
    words = s.discourse.text[start : s.hit.start]
    inside = quoted_names.QUOTED.search(words)
    name = inside[1] if inside else adverbs.without_adverbs(words.strip("“”‘’「」 ")).removesuffix("App")
    if (
        not 1 <= len(name) <= _MAX_NAME
        or bare_names.NO_NAME.search(name)
        or name in discourse_words.words().anaphor
    ):
        return []
    begin = s.discourse.text.index(name, start)
    if any(begin < e.start and e.end == begin + len(name) for e in s.clause.entities):
        return []  # 有媒体称苏宁金融: the name at the end is the one meant
    if (
        not inside
        and len(name) > 1
        and bare_names.is_everyday(name)
        and not bare_names.is_tagged(s, begin, begin + len(name))
    ):
        return []  # 单车统一改叫“美团单车”
    return [Argument("subject", name, begin, begin + len(name), "described")]


def _quoted_before(s: Situation) -> list[Argument]:
    """The name in quotation marks of the clause before, where this one has no subject: 骑手App“丰驰”换了新名字,如今叫…."""
    before = s.discourse.clause_before(s.clause)
    if s.roles.subjects or before is None:
        return []
    found = list(quoted_names.QUOTED.finditer(s.discourse.text, before.start, before.end))
    return [Argument("subject", found[0][1], *found[0].span(1), "carried")] if len(found) == 1 else []


def _quoted_behind(s: Situation) -> list[Argument]:
    """A new name in quotation marks or as a bare short phrase behind the verb."""
    text = s.discourse.text
    begin = s.hit.end
    if text[s.hit.start : s.hit.end] == "前身" and text.startswith(("，是", ",是"), begin):
        begin += 2
    while begin < len(text) and text[begin] in "“‘「『《 :：":
        begin += 1
    end = begin
    limit = max(s.clause.end, s.discourse.clause_at(begin).end) if begin < len(text) else s.clause.end
    while end < limit and text[end] not in "”’」』》,，。;；!?！？、：:":
        end += 1
    name = _NAME_TAIL.sub("", text[begin:end])
    if not 1 <= len(name) <= _MAX_NEW_NAME or _NO_NEW_NAME.search(name):
        return []
    return [Argument("object", name, begin, begin + len(name), "described")]
