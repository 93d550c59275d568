"""Whether a clause makes a claim at all, and then: affirmed or negated; actual, planned or possible."""

import re
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.document import Polarity, Status
from ecomlink_nlp.text.light import light_dataclass


@light_dataclass(frozen=True, slots=True)
class Factuality:
    """How far the text commits itself; ``void`` where it claims nothing (a condition, a question)."""

    polarity: Polarity = "affirmed"
    status: Status = "actual"
    void: bool = False
    reason: str = ""


_PLANS = re.compile(r"计划(?![，,”」])|打算|(?<!虚)拟(?=[\u4e00-\u9fff])|准备(?=[把将在以向与])")
_DONE = re.compile(r"了|已|曾|过|却|但|而|原|其中|此前|被|是")
_DROPPED = re.compile(r"放弃|取消|搁置|撤回|终止|中止|打消")
# 关于前者起诉后者的说法: what is only said to be
_ONLY_SAID = re.compile(r"[”」]?的(?:说法|传闻|传言|谣言|猜测|流言|小道消息)(?:[，,。；]|则|都|均|已|也|纯)")
_HEARSAY_OF = re.compile(r"[^，,。；的]{0,10}的(?:消息|传闻|传言|说法|谣言|猜测|流言)(?![，,。；])")
# 对于接入京东白条,国美表示…: only spoken of
_CONCERNING = re.compile(r"[“「]?(?:对于|关于|针对|至于)(?:是否|会否|何时|能否)?$")
_HABIT = re.compile(r"每个?[年月周天日季]|一[年月天]$")
_IN_TALKS = re.compile(
    r"(?:正在?|还在|仍在|在)(?:[与和跟同][^，,。；]{1,10})?(?:谈|洽谈|商谈|接触|磋商)(?![成妥定拢下到起及论])"
)
_TALKS = ("谈", "商谈", "洽谈", "磋商", "协商")


@dataclass(frozen=True, slots=True)
class _Cues:
    negation: re.Pattern[str]
    planned: re.Pattern[str]
    possible: re.Pattern[str]
    condition: re.Pattern[str]
    question: re.Pattern[str]
    whether: re.Pattern[str]
    answer: re.Pattern[str]
    fallen: re.Pattern[str]
    declined: re.Pattern[str]
    deal_off: re.Pattern[str]
    deal_named: re.Pattern[str]
    deal_talked: re.Pattern[str]
    deny: re.Pattern[str]
    answer_no: re.Pattern[str]
    order: re.Pattern[str]
    rumour: re.Pattern[str]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _cues() -> _Cues:
    data = read_toml("factuality.toml")
    negation = data["negation"]
    return _Cues(
        # The negation's reach ends at the verb: only adverbs, particles and one short noun may stand between.
        re.compile(
            rf"(?!{_any(negation['except'])})(?<![会能是要](?=不))(?<!不[得能](?=不))(?:{_any(negation['words'])})(?:{_any(negation['between'])})*"
            rf"(?:(?:把|将|对|跟|与|和|给|向|为|同|在|于|从|按|被|遭)[^，,]{{1,12}}){{0,2}}$"
        ),
        re.compile(_any(data["planned"]["words"])),
        re.compile(_any(data["possible"]["words"])),
        re.compile(
            rf"^[“‘「『\s]*(?:而|但|只是|不过|那么)?(?:{_any(data['void']['conditions'])})|{_any(data['void']['anywhere'])}"
        ),
        re.compile(r"[?？]"),
        re.compile(_any(data["possible"]["asked"])),
        re.compile(_any(data["possible"]["answers"])),
        re.compile(
            rf"(?:最终|后来|但|却|终|最后|还是).{{0,4}}(?:{_any(data['negation']['fallen'])})[。，,；]?$"
        ),
        re.compile(rf"(?:但|却|结果)?(?:被|遭)(?:[^，。]{{2,6}})?(?:{_any(data['negation']['declined'])})"),
        re.compile(
            rf"[^，,。；]{{0,14}}?(?:一事|案|的?(?:{_any(data['deal']['nouns'])}))[^，,。；]{{0,4}}[，,]?[^，,。；]{{0,14}}?(?:{_any(data['deal']['off'])})"
        ),
        re.compile(rf"[^，,。；]{{0,12}}?的?(?:{_any(data['deal']['named'])})"),
        re.compile(rf"[^，,。；]{{0,12}}?的?(?:{_any(data['deal']['talked'])})"),
        re.compile(rf"(?<!回应)(?<!评论)(?<!回应市场)(?<!评论市场)(?:{_any(data['deny']['words'])})"),
        re.compile(
            rf"[“‘「『\s]*(?:{_any(data['deny']['answer_openers'])})*(?!{_any(data['deny']['answer_except'])})(?:{_any(data['deny']['answers'])}|连[^，,。；]{{1,4}}都没)"
        ),
        re.compile(_any(data["void"]["orders"])),
        re.compile(rf"[^，,。；]{{0,14}}?(?:{_any(data['possible']['rumours'])})[^，,。；]{{0,4}}[，,：:]"),
    )


def is_denial(text: str, start: int, end: int) -> bool:
    """True where the stretch denies something: 否认, 并无此事, 不属实.

    >>> is_denial("该公司予以否认。", 0, 8)
    True
    """
    return _cues().deny.search(text, start, end) is not None


def is_negative_answer(text: str, start: int, end: int) -> bool:
    """True where the words of an answer open with a no: 没有报价的打算, 目前没有这样的安排, 从未接触.

    >>> is_negative_answer("目前没有这样的安排", 0, 9), is_negative_answer("我们将没有保留地配合", 0, 10)
    (True, False)
    """
    return _cues().answer_no.match(text, start, end) is not None


def is_hearsay(text: str, end: int) -> bool:
    """True where a noun of hearsay follows the verb: 喜茶和茅台联名的消息.

    >>> is_hearsay("喜茶和茅台联名的消息是假的", 7), is_hearsay("喜茶和茅台联名的杯子", 7)
    (True, False)
    """
    return _HEARSAY_OF.match(text, end) is not None


def is_ordered(text: str, start: int, end: int) -> bool:
    """True where an order stands in the stretch before a verb: 要求各平台解除屏蔽 unblocks nothing yet.

    >>> is_ordered("工信部要求各平台", 0, 8)
    True
    """
    return _cues().order.search(text, start, end) is not None


def assess(
    discourse: Discourse,
    clause: Clause,
    start: int,
    *,
    time_is_future: bool = False,
    time_is_past: bool = False,
    disposal: int | None = None,
) -> Factuality:
    """Judge the event whose verb starts at ``start`` in ``clause``.

    ``time_is_future`` says that the event's own time is later than the document's date: then it is planned.
    ``time_is_past`` says that the clause names a year before the document's: there 将 is no future.
    ``disposal`` is where the object begins that 将 puts before the verb: that 将 is no future.
    """
    text, cues = discourse.text, _cues()
    if _is_void(discourse, clause, start):
        return Factuality(void=True, reason="condition or question")
    before = text[clause.start : start]
    polarity: Polarity = "affirmed"
    if cues.negation.search(before) or is_denial(text, clause.start, start):
        polarity = "negated"
    elif _falls_through(discourse, clause) or cues.deal_off.match(text, start):
        return Factuality("negated", "actual", reason="fell through")
    asked = (
        _is_asked(discourse, clause)
        or _CONCERNING.match(before) is not None
        or _IN_TALKS.search(before) is not None
    )
    if cues.deal_talked.match(text, start):
        return Factuality(polarity, "possible", reason="talked of")
    if polarity == "affirmed" and cues.deal_named.match(text, start):
        if _DROPPED.search(before):  # 放弃了以200亿美元收购Figma的计划
            return Factuality("negated", "actual", reason="plan dropped")
        return Factuality(polarity, "planned", reason="named as a plan")
    if not clause.quoted and _is_rumoured(discourse, clause):
        return Factuality(polarity, "possible", reason="rumour")
    if polarity == "affirmed" and _ONLY_SAID.search(text, start, clause.end):
        return Factuality(polarity, "possible", reason="rumour")
    if (
        asked
        or _HEARSAY_OF.match(text, start, clause.end)
        or cues.possible.search(before)
        or before.endswith(_TALKS)
    ):
        return Factuality(polarity, "possible", reason="possible")
    if time_is_future or _is_planned(discourse, clause, start, disposal, past=time_is_past):
        return Factuality(polarity, "planned", reason="planned")
    return Factuality(polarity, "actual")


def _is_planned(
    discourse: Discourse, clause: Clause, start: int, disposal: int | None, *, past: bool
) -> bool:
    text, cues = discourse.text, _cues()
    for match in cues.planned.finditer(text, clause.start, start):
        # 将 before a name is the object marker, not the future, unless a time or a verb of saying precedes it.
        passive = text.startswith(("被", "遭", "由"), match.end())
        named = any(
            m.start <= place < m.end for m in clause.mentions for place in (match.end(), match.end() + 1)
        )
        if match[0] == "将" and ((named and not passive) or match.end() == disposal or past):
            continue
        if match[0].startswith("要") and _HABIT.search(text, clause.start, match.start()):
            continue  # 每月要在抖音砸下5万元
        return True
    return _goes_on_planning(discourse, clause, start)


def _goes_on_planning(discourse: Discourse, clause: Clause, start: int) -> bool:
    """True where the clause before states a plan and this one goes on: 计划把奥特莱斯业务分拆,单独成立“杉杉奥莱”."""
    before = discourse.clause_before(clause)
    if before is None or discourse.text[clause.start - 1] in "；;：:":
        return False
    if clause.times or any(m.start < start for m in clause.mentions) or before.quoted != clause.quoted:
        return False
    plan = _PLANS.search(discourse.text, before.start, before.end)
    return plan is not None and _DONE.search(discourse.text, clause.start, min(clause.end, start + 8)) is None


def _is_rumoured(discourse: Discourse, clause: Clause) -> bool:
    """True where the clause before, in the same sentence, only passes the claim on: 有自媒体爆料,称库迪关掉了…."""
    before = discourse.clause_before(clause)
    return (
        before is not None and _cues().rumour.fullmatch(discourse.text, before.start, before.end) is not None
    )


def _falls_through(discourse: Discourse, clause: Clause) -> bool:
    """True where the next clause says that nothing came of it: 曾考虑接入抖音支付,但最终作罢."""
    following = discourse.clause_behind(clause)
    if following is None:
        return False
    text = discourse.text
    return (
        _cues().fallen.search(text, following.start, following.end) is not None
        or _cues().declined.match(text, following.start, following.end) is not None
    )


def _is_asked(discourse: Discourse, clause: Clause) -> bool:
    _, end = discourse.document.sentences[clause.sentence]
    return _cues().question.search(discourse.text, max(clause.start, end - 3), end) is not None


def _is_answered(discourse: Discourse, clause: Clause) -> bool:
    """True for a yes-or-no question to somebody, which reports that something is held possible.

    It is one in an interview, and where the next sentence denies it; other questions are the author's own.
    """
    sentences = discourse.document.sentences
    _, end = sentences[clause.sentence]
    if not _cues().whether.search(discourse.text, clause.start, end):
        return False
    following = sentences[clause.sentence + 1 : clause.sentence + 2]
    answered = any(
        is_denial(discourse.text, *span) or _cues().answer.search(discourse.text, *span) for span in following
    )
    return discourse.is_interview or answered


def _is_void(discourse: Discourse, clause: Clause, start: int) -> bool:
    text, cues = discourse.text, _cues()
    if _is_asked(discourse, clause) and not clause.quoted and not _is_answered(discourse, clause):
        return True
    if cues.condition.search(text[clause.start : start]):
        return True
    # A condition reaches over the clauses behind it, up to a semicolon.
    for earlier in discourse.before(clause, 0):
        if text[earlier.end - 1] in "；;":
            return False
        if cues.condition.search(text[earlier.start : earlier.end]):
            return True
    return False
