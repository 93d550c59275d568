"""Who stands against whom in a dispute, where the clause that tells of it names only one side.

Notes for a newcomer. A suit is often told in several clauses: 其对手Shein提起诉讼,要求它停止侵权, or in a later sentence than the
quarrel: 抖音与腾讯音乐的官司打了三年。去年12月,前者再次起诉. The other side then stands at the head of the demand, or is the
other one of the pair that the sentences before have set against each other.
"""

import re
from dataclasses import replace

from ecomlink_nlp.claim.authorities import is_authority
from ecomlink_nlp.claim.earlier_claims import retaliated_on
from ecomlink_nlp.claim.fillers import rest_is_long
from ecomlink_nlp.claim.referents import is_body
from ecomlink_nlp.claim.roles import groups_of
from ecomlink_nlp.claim.situation import Filled, Situation
from ecomlink_nlp.claim.unsaid_subjects import subjects
from ecomlink_nlp.text.document import Argument

_DEMANDS = re.compile(
    r"(?:并|同时|还)?(?:请求|要求|诉请|主张|指控|指责|指称|指|称|认为|声称|诉称|理由是|案由是)(?:法院|法庭)?(?:判令|判决|认定|确认)?[“「]?"
)
_QUARREL = re.compile(
    r"官司|诉讼|纠纷|争端|对簿|公堂|诉状|被告|原告|之争|缠斗|口水战|一案|此案|该案|法院|法庭|起诉|侵权案"
)
_SAYS = re.compile(r"(?:称|认为|指|指称|主张|发现|指出|声称)[“「]?")
_WRONG = re.compile(r"被指|侵权|抄袭|泄露|侵犯|剽窃|盗用|假冒|仿冒|违约|拖欠|虚假|欺诈|垄断|二选一")
_COMPLAINS = ("投诉", "举报", "控诉", "吐槽")  # 商家向记者投诉,拼多多扣走了货款
_REACH = 2  # sentences


def accuser(s: Situation) -> list[Argument]:
    """Who sues in a clause that names nobody: the one whose complaint opens the sentence (微博称转转侵权,已委托律师发函)."""
    if any(m.kind == "both" for group in s.roles.subjects for m in group):
        return []  # 双方对簿公堂 says not who sues
    if not s.roles.subjects:
        for clause in s.discourse.sentence_clauses(s.clause.sentence)[:1]:
            own = s.discourse.own_subject(clause)
            if (
                own
                and clause.index < s.clause.index
                and _SAYS.search(s.discourse.text, own[-1].end or clause.start, clause.end)
            ):
                found = [replace(a, how="carried") for a in own if a.name in s.discourse.types]
                return [] if is_authority(own[0].name) else found
    return subjects(s, [])


def told_apart(s: Situation) -> Filled | None:
    """Who sues whom, where the clause names only one side or none: 去年12月,前者再次起诉."""
    if s.discourse.text[s.hit.start : s.hit.end] == "上诉" or rest_is_long(s):
        return None
    accusers = accuser(s)
    objects = opponent(s, {a.name for a in accusers})
    return Filled(accusers, objects) if objects else None


def opponent(s: Situation, names: set[str]) -> list[Argument]:
    """Whom those called ``names`` are against: who the next clause makes demands of, else the other of the pair in dispute."""
    if not names:
        return []
    return (
        _demanded_of(s, names)
        or retaliated_on(s, names)
        or _complained_of(s, names)
        or _other_of_pair(s, names)
        or _spoken_of(s, names)
    )


def _demanded_of(s: Situation, names: set[str]) -> list[Argument]:
    """Of whom the next clause of the sentence demands or says something: 提起诉讼,要求它停止侵权."""
    following = s.discourse.clause_behind(s.clause)
    if following is None:
        return []
    match = _DEMANDS.match(s.discourse.text, following.start, following.end)
    complains = s.discourse.text[s.hit.start : s.hit.end].endswith(_COMPLAINS)
    start = match.end() if match is not None else following.start if complains else -1
    for group in groups_of(s.discourse, following):
        if group[0].start != start or group[0].kind == "group":
            continue
        found = [a for m in group for a in s.discourse.resolve(m) if a.name not in names]
        found = [a for a in found if s.discourse.types.get(a.name) in s.hit.trigger.objects]
        return [Argument("object", a.name, a.start, a.end, "carried") for a in found]
    return []


def _complained_of(s: Situation, names: set[str]) -> list[Argument]:
    """Of whom the accuser says something in an earlier clause of the sentence: 唯品会称爱库存抢走其供应商,3月起诉."""
    for earlier in s.discourse.before(s.clause, 0):
        for group in groups_of(s.discourse, earlier):
            mark = _SAYS.search(s.discourse.text, earlier.start, group[0].start)
            entity = group[0].entity
            if mark is None or mark.end() != group[0].start or entity is None or entity.name in names:
                continue
            own = {a.name for a in s.discourse.explicit_subject(earlier, mark.start() + 1) or []}
            if entity.type in s.hit.trigger.objects and own == names:
                return [Argument("object", entity.name, entity.start, entity.end, "carried")]
    return []


def _spoken_of(s: Situation, names: set[str]) -> list[Argument]:
    """The party that the text is about, where another one sues and the text tells of a wrong: 巨量引擎被指泄露信息,消保委已起诉."""
    start = s.discourse.document.sentences[
        max(s.clause.sentence - 1, s.discourse.item_starts[s.clause.sentence])
    ][0]
    if not s.roles.subjects or not _WRONG.search(s.discourse.text, start, s.clause.start):
        return []
    carried = s.discourse.subject_of(s.clause, s.clause.start) or []
    found = [
        a for a in carried if s.discourse.types.get(a.name) in s.hit.trigger.objects and a.name not in names
    ]
    if len(found) != 1 or is_authority(found[0].name):
        return []
    return [Argument("object", a.name, a.start, a.end, "carried") for a in found]


def _other_of_pair(s: Situation, names: set[str]) -> list[Argument]:
    """The other of the two parties that stand coordinated last, in this sentence or shortly before, where these speak of a dispute."""
    first = max(s.clause.sentence - _REACH, s.discourse.item_starts[s.clause.sentence])
    start = s.discourse.document.sentences[first][0]
    if not _QUARREL.search(s.discourse.text, start, s.discourse.document.sentences[s.clause.sentence][1]):
        return []
    for earlier in s.discourse.before(s.clause, _REACH):
        for group in groups_of(s.discourse, earlier):
            pair = [m.entity for m in group if m.entity is not None and not is_body(m.entity)]
            if len(pair) == 2 and len(names) == 1 and {e.name for e in pair} > names:
                return [
                    Argument("object", e.name, e.start, e.end, "carried") for e in pair if e.name not in names
                ]
    return []
