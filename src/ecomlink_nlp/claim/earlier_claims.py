"""What earlier claims of the document say about a role that the clause leaves empty."""

import re
from dataclasses import replace
from itertools import takewhile

from ecomlink_nlp.claim.authorities import is_authority
from ecomlink_nlp.claim.eligibility import type_of
from ecomlink_nlp.claim.fillers import arguments
from ecomlink_nlp.claim.situation import Filled, Situation
from ecomlink_nlp.text.document import Argument, EventClaim

MEMORY = 3  # sentences that an earlier claim's parties stay in mind
FAMILY = {"restore_link": {"restore_link", "block_link"}, "block_link": {"block_link", "restore_link"}}
_OWN_GOODS = re.compile(
    r"的?(?P<goods>自营(?:商品|频道|业务|店铺?|产品)|自有商品|自家商品)(?:则|也|并|都|均|暂)*$"
)
_TOO = re.compile("也|同样|亦|曾|原本|此前")
_RENEWS = re.compile("又?续|展期")
_OWN_SHOP = re.compile(r"小店|自有店铺|自家店铺")
_ACCUSED = frozenset({"后者", "被告", "被告方", "他", "她", "其", "它"})
_ACCUSER = frozenset({"前者", "原告", "原告方"})
_DEALINGS = frozenset({"block_link", "restore_link", "sanction", "require", "accuse"})


def again(s: Situation, names: set[str]) -> list[Argument]:
    """The objects of the last such claim of this sentence, for verbs that drop theirs (微盟早就完成了对接).

    With 也 or 曾 also those of a sentence before: 美团买下了鲜速达。顺丰也递过报价.
    """
    if not s.hit.trigger.elliptical:
        return []
    found = remembered_objects(s)
    if not found and _TOO.search(s.discourse.text, s.clause.start, s.hit.start):
        found = [
            Argument("object", name, how="anaphor")
            for claim in remembered_claims(s)[:1]
            for name in claim.objects
        ]
    if not found and s.hit.frame.predicate == "end_partnership":
        found = [Argument("object", name, how="anaphor") for name in _other_side(s, names)]
    if not found and s.hit.frame.predicate == "partner" and _RENEWS.match(s.discourse.text, s.hit.start):
        parting = last_parting(s)  # 虎牙与京东断了合作,快手却续签了两年
        found = [Argument("object", name, how="anaphor") for name in parting.objects] if parting else []
    return [a for a in found if a.name not in names]


def _other_side(s: Situation, names: set[str]) -> list[str]:
    """With whom the one who now leaves was told to work: 叮咚买菜的配送外包给了达达;合同到期,它没有再签."""
    start = s.discourse.document.sentences[max(0, s.clause.sentence - 1)][0]
    own = {a.name for group in s.roles.subjects for m in group for a in s.discourse.resolve(m)} | names
    for claim in reversed(s.earlier):
        if claim.predicate != "partner" or claim.polarity == "negated" or claim.evidence[0][0] < start:
            continue
        if claim.subject in own:
            return [name for name in claim.objects if name not in own]
        if own & {*claim.objects} and claim.subject is not None:
            return [claim.subject]
    return []


def remembered_claims(s: Situation) -> list[EventClaim]:
    """Earlier claims of the same family, the last first, while they are in mind."""
    family = FAMILY.get(s.hit.frame.predicate, {s.hit.frame.predicate})
    sentences = s.discourse.document.sentences
    oldest = sentences[max(s.discourse.item_starts[s.clause.sentence], s.clause.sentence - MEMORY)][0]
    recent = takewhile(lambda claim: claim.evidence[0][0] >= oldest, reversed(s.earlier))
    return [claim for claim in recent if claim.predicate in family]


def contrasted(s: Situation) -> bool:
    """True where an affirmed claim of the same predicate is in mind: what is still possible is news only beside it."""
    return any(
        c.polarity == "affirmed" and c.predicate == s.hit.frame.predicate for c in remembered_claims(s)
    )


def spared(s: Situation) -> Filled | None:
    """Who is not punished, by whoever punished the others, be it nobody named: 美团被罚20万元,盒马不在受罚之列."""
    objects = [a for group in s.roles.subjects for a in arguments(s, group, s.hit.trigger.objects)]
    if not objects and (before := s.discourse.clause_before(s.clause)) is not None:
        # 被业者检举的酷澎,最后未受处分
        objects = [a for a in s.discourse.own_subject(before) if type_of(s, a.name) in s.hit.trigger.objects]
    for claim in remembered_claims(s):
        if objects and objects[0].name in {claim.subject, *claim.objects}:
            continue
        if claim.predicate == s.hit.frame.predicate and claim.polarity == "affirmed" and objects:
            subject = [Argument("subject", claim.subject, how="carried")] if claim.subject else []
            return Filled(subject, [replace(a, role="object") for a in objects])
    return None


def own_goods(s: Situation) -> Filled | None:
    """What the one who deals with others sells itself: 唯品会的自营商品不受影响."""
    for group in s.roles.subjects[:1]:
        match = _OWN_GOODS.match(s.discourse.text, group[-1].end, s.hit.start)
        names = {a.name for m in group for a in s.discourse.resolve(m)}
        claim = next(iter(remembered_claims(s)), None)
        if match is not None and claim is not None and claim.subject in names:
            host = [Argument("subject", claim.subject, how="carried")]
            return Filled(host, [Argument("object", match["goods"], *match.span("goods"), "described")])
    return None


def own_shop(s: Situation) -> Filled | None:
    """小店的商品不受影响: the shops of the platform that dealt with somebody last, where it has such a service."""
    if not _OWN_SHOP.search(s.discourse.text, s.clause.start, s.hit.start):
        return None
    for claim in remembered_claims(s):
        shop = f"{claim.subject}小店"
        if claim.subject and s.owner(shop) is not None:
            host = [Argument("subject", claim.subject, how="carried")]
            return Filled(host, [Argument("object", shop, how="carried")])
    return None


def remembered(s: Situation) -> Filled | None:
    """The parties of the last such claim: 短视频里的链接则不受影响."""
    for claim in remembered_claims(s):
        subject = [Argument("subject", claim.subject, how="carried")] if claim.subject else []
        return Filled(subject, [Argument("object", name, how="carried") for name in claim.objects])
    return None


def remembered_objects(s: Situation) -> list[Argument]:
    """The objects of the last such claim of this sentence: 约谈三家云服务商,要求其整改."""
    sentence = s.discourse.document.sentences[s.clause.sentence]
    for claim in remembered_claims(s):
        if claim.evidence[0] == sentence:
            return [Argument("object", name, how="anaphor") for name in claim.objects]
    return []


def dealt_with(s: Situation) -> list[Argument]:
    """Whom the last claim of the sentence dealt with: 约谈某平台,责令其整改,并处以警告."""
    sentence = s.discourse.document.sentences[s.clause.sentence]
    restored = s.hit.frame.predicate == "restore_link"
    for claim in reversed(s.earlier):
        if claim.evidence[0] != sentence and not (restored and _is_recent(s, claim)):
            return []
        if restored and claim.predicate != "block_link":
            continue  # what is let in again was shut out
        if claim.predicate in _DEALINGS and claim.polarity == "affirmed":
            return [Argument("object", name, how="carried") for name in claim.objects]
    return []


def short_lived(s: Situation) -> Filled | None:
    """What the claim before launched, where a verb of closing has no subject: 内测过“有光”,上线不足半年便宣告下架."""
    last = s.earlier[-1] if s.earlier and s.hit.frame.predicate == "shut_down" else None
    sentence = s.discourse.document.sentences[s.clause.sentence]
    if (
        last is None
        or last.predicate != "launch"
        or last.evidence[0] != sentence
        or last.polarity != "affirmed"
    ):
        return None
    owner = [Argument("subject", last.subject, how="carried")] if last.subject else []
    return Filled(owner, [Argument("object", name, how="carried") for name in last.objects])


def earlier_authority(s: Situation) -> list[Argument]:
    """The authority that acted last in the sentence: 两家被市场监管局责令改正,前者还被罚款."""
    sentence = s.discourse.document.sentences[s.clause.sentence]
    last = s.earlier[-1] if s.earlier else None
    if last is None or last.evidence[0] != sentence or last.predicate not in {"require", "sanction"}:
        return []
    start = next(
        (a.start for a in last.arguments if a.role == "trigger" and a.start is not None), s.clause.start
    )
    if (
        re.search("[；;]", s.discourse.text[start : s.clause.start])
        or last.subject is None
        or not is_authority(last.subject)
    ):
        return []
    return [Argument("subject", last.subject, how="carried")]


def same_side(s: Situation, objects: list[Argument]) -> list[Argument]:
    """Who blocked what the clause lets in again without naming anybody: 打不开已有两年,如今终于放行."""
    last = s.earlier[-1] if s.earlier else None
    taken_over = objects and all(a.how == "carried" for a in objects) and not s.roles.subjects
    if (
        not taken_over
        or last is None
        or last.subject is None
        or last.predicate != "block_link"
        or s.hit.frame.predicate != "restore_link"
    ):
        return []
    return (
        [Argument("subject", last.subject, how="carried")]
        if {a.name for a in objects} <= {*last.objects}
        else []
    )


def side_of_suit(s: Situation, word: str) -> list[Argument]:
    """Whom 后者, 被告 or 他 means behind a suit: 喜茶把一家奶茶店告上法庭,法院判后者赔偿."""
    last = next((c for c in reversed(s.earlier) if c.predicate == "accuse"), None)
    if last is None or not _is_recent(s, last):
        return []
    if word in _ACCUSED:
        return [Argument("object", name, how="anaphor") for name in last.objects]
    return [Argument("object", last.subject, how="anaphor")] if word in _ACCUSER and last.subject else []


def _is_recent(s: Situation, claim: EventClaim) -> bool:
    """True where the claim stands in this sentence or the one before."""
    sentence = max(s.clause.sentence - 1, s.discourse.item_starts[s.clause.sentence])
    return claim.evidence[0][0] >= s.discourse.document.sentences[sentence][0]


def retaliated_on(s: Situation, names: set[str]) -> list[Argument]:
    """Who dealt with the accuser just before: 钉钉关闭了飞书的接口。飞书随后发文控诉."""
    last = s.earlier[-1] if s.earlier else None
    if (
        last is None
        or not _is_recent(s, last)
        or last.predicate not in _DEALINGS
        or last.polarity != "affirmed"
    ):
        return []
    if (
        last.subject is None
        or last.subject in names
        or not names & {*last.objects}
        or is_authority(last.subject)
    ):
        return []
    return [Argument("object", last.subject, how="carried")]


def goes_on_about(s: Situation) -> list[Argument]:
    """Whom 其 behind the verb means where the sentence has just dealt with somebody: 封禁东北雨姐,并罚没其保证金."""
    after = s.roles.after[0][0] if s.roles.after else None
    if after is None or after.text != "其" or after.start - s.hit.end > 1 or s.roles.subjects:
        return []
    return dealt_with(s) if s.hit.frame.predicate in {"sanction", "accuse"} else []


def just_taken(s: Situation) -> list[Argument]:
    """What the last claim of the sentence bought, where the clause has no subject: 以20亿美元将其收入旗下,改称考拉海购."""
    sentence = s.discourse.document.sentences[s.clause.sentence]
    last = s.earlier[-1] if s.earlier else None
    if last is None or last.predicate != "acquire" or last.evidence[0] != sentence or s.roles.subjects:
        return []
    return [Argument("subject", name, how="carried") for name in last.objects[:1]]


def last_parting(s: Situation) -> EventClaim | None:
    """The last parting told in this sentence or the one before: whose successor may be named next."""
    sentences = s.discourse.document.sentences
    oldest = sentences[max(s.discourse.item_starts[s.clause.sentence], s.clause.sentence - 1)][0]
    last = next((c for c in reversed(s.earlier) if c.predicate == "end_partnership"), None)
    return (
        last if last is not None and last.polarity == "affirmed" and last.evidence[0][0] >= oldest else None
    )


def parted_with(s: Situation) -> set[str]:
    """Whom the sentence has just parted with: 结束了与德邦的合作,包裹改由顺丰配送."""
    sentence = s.discourse.document.sentences[s.clause.sentence]
    return {
        name
        for claim in s.earlier
        if claim.predicate == "end_partnership" and claim.evidence[0] == sentence
        for name in claim.objects
    }
