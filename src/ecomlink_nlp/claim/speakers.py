"""Who speaks: the words between the start of a clause and its verb of saying."""

import re
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.marks import mark_before
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.document import Argument, Entity

_MAX_ROLE = 24  # characters between the beginning of a role and its person
_ROLE_TRIM = re.compile(
    r"^(?:据|由|而|但|则|倒是|对此|此外|一家|一位|一名|这家|的|，|,|、|：|:)+|[的“”（(].{0,0}$"
)
_ORGANISATION = frozenset({"PLATFORM", "ORG", "PRODUCT"})
_SPEAKING = frozenset({"", "据", "由", "经", "至于"})
_NO_ROLE = frozenset({"方面", "电商", "平台", "公司", "集团", "一方", "电商方面"})
_MAX_VOICE_GAP = 8  # characters between an organisation and its voice
_NEAR = frozenset({"接近", "来自", "靠近"})
_REFERRING = frozenset({"topic", "authority", "platform"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker with the role as it was written; ``kind``: ``person``, ``party``, ``described`` or ``carried``."""

    argument: Argument
    role: str | None
    kind: str
    medium: Argument | None = None
    """Who relays the words: the paper that quotes the speaker."""


@dataclass(frozen=True, slots=True)
class _Words:
    head_end: re.Pattern[str]
    lead: re.Pattern[str]
    voice: re.Pattern[str]
    voice_end: re.Pattern[str]
    aside: re.Pattern[str]
    relay: re.Pattern[str]


@cache
def _words() -> _Words:
    data = read_toml("speech.toml")
    speakers = data["speakers"]
    heads = "|".join(sorted(speakers["heads"], key=len, reverse=True))
    voice = speakers["voices"]
    adverbs = r"(?:[则还也曾就便又才都只仅已刚]|对此|后来|此后|近日|日前|随后|当时|当天|当晚|今天|昨日|昨天|上午|下午|晚间|公开|随即|一度|多次|再次|同时|还在|明确|坚决|其后|电邮)*"
    return _Words(
        re.compile(f"(?P<head>(?:{heads})(?:们)?){adverbs}(?=$|的话)"),
        re.compile(speakers["lead"]),
        re.compile(voice),
        re.compile(f"(?P<voice>{voice}){adverbs}$"),
        re.compile(speakers["asides"]),
        re.compile(speakers["relays"]),
    )


def find_speaker(discourse: Discourse, clause: Clause, start: int, end: int) -> Speaker | None:
    """Return who speaks in ``text[start:end]``, the stretch before a verb; None where nobody stands there.

    A person counts before the organisation that it belongs to, an organisation before a described speaker, unless
    the description stands behind it (接近阿里的人士). Who is only spoken to (对记者, 接受某报采访) does not count.
    """
    text, words = discourse.text, _words()
    relay = words.relay.search(text, start, end)
    if relay is not None and relay.start() > start:
        spoken = find_speaker(discourse, clause, relay.start("who"), relay.end("who"))
        medium = find_speaker(discourse, clause, start, relay.start())
        if spoken is not None:
            return Speaker(spoken.argument, spoken.role, spoken.kind, medium.argument if medium else None)
    asides = [match.span() for match in words.aside.finditer(text, start, end)]
    entities = [
        e
        for e in discourse.document.entities
        if start <= e.start and e.end <= end and not any(s <= e.start < t for s, t in asides)
    ]
    stop = next((s for s, _ in asides if s > start), end)
    people = [e for e in entities if e.type == "PERSON" and mark_before(text, start, e.start)[0] in _SPEAKING]
    if people:
        return _person(discourse, people[0], start)
    parties = [e for e in entities if e.type in _ORGANISATION and _may_speak(text, start, e)]
    if relay is not None:
        parties = [e for e in entities if e.type in _ORGANISATION]
    while len(parties) > 1 and discourse.is_apposed(parties[0], parties[1]):
        parties.pop(0)
    if parties and (voice := _voice(text, parties[0], stop)) is not None:
        return _party(parties[0], voice)
    described = _described(discourse, clause, start, stop)
    if described is not None:
        return described
    if parties:
        return _party(parties[0], "")
    for mention in clause.mentions:
        if start <= mention.start < end and mention.kind not in {"entity", "group", "thing"}:
            if mark_before(text, start, mention.start)[0] not in _SPEAKING or any(
                s <= mention.start < t for s, t in asides
            ):
                continue
            resolved = discourse.resolve(mention)
            if resolved:
                return _referred(discourse, resolved[0], mention.end, stop)
    return None


def _may_speak(text: str, start: int, entity: Entity) -> bool:
    """A name behind 据 speaks; behind 在, 对, 与 and in 《》 it does not."""
    mark = mark_before(text, start, entity.start)[0]
    return (
        mark in _SPEAKING
        and text[entity.start - 2 : entity.start] not in _NEAR
        and text[entity.start - 1 : entity.start] != "《"
    )


def _person(discourse: Discourse, person: Entity, start: int) -> Speaker:
    return Speaker(
        Argument("speaker", person.name, person.start, person.end),
        _role_before(discourse, person, start),
        "person",
    )


def _role_before(discourse: Discourse, person: Entity, start: int) -> str | None:
    """The role and affiliation before a name, with names in their canonical form: 抖音电商总裁."""
    begin = max(start, person.start - _MAX_ROLE)
    words, position = "", begin
    for entity in discourse.document.entities:
        if entity.end > person.start or entity.start < begin:
            continue
        words += discourse.text[position : entity.start] + entity.name
        position = entity.end
    words += discourse.text[position : person.start]
    words = re.split(r"[，,。；;：:\n年月日]", words)[-1]
    for mention in discourse.clause_at(person.start).mentions:
        if mention.kind in {"topic", "authority"} and words.startswith(mention.text):
            resolved = discourse.resolve(mention)
            if resolved:
                words = resolved[0].name + words.removeprefix(mention.text)
    words = _ROLE_TRIM.sub("", words.replace("的", "", 1) if "的" in words[:-1] else words).strip("“”「」 ")
    return words or None


def _party(entity: Entity, voice: str) -> Speaker:
    role = voice if voice not in _NO_ROLE else ""
    return Speaker(Argument("speaker", entity.name, entity.start, entity.end), role or None, "party")


def _voice(text: str, entity: Entity, end: int) -> str | None:
    """The voice of an organisation right before the verb: 京东客服, 有赞的多平台运营团队; None where it has none."""
    match = _words().voice_end.search(text, entity.end, end)
    if (
        match is None
        or match.start() - entity.end > _MAX_VOICE_GAP
        or text[entity.start - 2 : entity.start] in _NEAR
    ):
        return None
    return text[entity.end : match.end("voice")].removeprefix("的")


def _referred(discourse: Discourse, referent: Argument, begin: int, end: int) -> Speaker:
    voice = _words().voice.search(discourse.text, begin, end)
    role = voice[0] if voice and voice[0] != "方面" else None
    argument = Argument("speaker", referent.name, referent.start, referent.end, referent.how)
    return Speaker(argument, role, "party")


def _described(discourse: Discourse, clause: Clause, start: int, end: int) -> Speaker | None:
    """一位不愿具名的华东大区经理, 接近阿里的人士, 义乌商家: a noun phrase that ends in a speaker's noun."""
    text, words = discourse.text, _words()
    last = next((m for m in words.head_end.finditer(text, start, end)), None)
    if last is None:
        return None
    begin = _phrase_start(discourse, start, last.end("head"))
    if any(m.kind in _REFERRING and start <= m.start < last.start() for m in clause.mentions):
        return None  # 该部一名发言人: the referring word is the speaker
    name = text[begin : last.end("head")].strip("的 ")
    if len(name) < 2:
        return None
    return Speaker(Argument("speaker", name, begin, last.end("head"), "described"), None, "described")


def _phrase_start(discourse: Discourse, start: int, end: int) -> int:
    """Where the noun phrase before ``end`` begins, without quantifiers, times and 不愿具名的."""
    text, lead = discourse.text, _words().lead
    begin = max(start, max(text.rfind(mark, start, end) for mark in "，,。；;：:\n”」") + 1)
    while True:
        match = lead.match(text[begin:end])
        time = next((t for t in discourse.clause_at(begin).times if t.start == begin and t.end < end), None)
        if match:
            begin += match.end()
        elif time:
            begin = time.end
        else:
            return begin
