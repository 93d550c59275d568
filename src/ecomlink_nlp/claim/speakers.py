"""Who speaks: the words between the start of a clause and its verb of saying.

Notes for a newcomer. A candidate (person, organisation, described speaker, referring word) speaks where all that
stands between it and the verb can stand there: its voice (京东*客服*), adverbs, the occasion (*在发布会上*), what is
done in order to speak (*发布公告*). `SpeakerWords.gap` is that grammar; its words are data in ``speech.toml``.
"""

import re
from dataclasses import replace

from ecomlink_nlp.claim.discourse import Clause, Discourse, Mention
from ecomlink_nlp.claim.marks import mark_before
from ecomlink_nlp.claim.speaker_names import polite_name, untagged_names
from ecomlink_nlp.claim.speaker_roles import QUANTIFIER, REFERRING, entities_between, role_of
from ecomlink_nlp.claim.speaker_words import speaker_words
from ecomlink_nlp.text.document import Argument, Entity, Time
from ecomlink_nlp.text.light import light_dataclass

_ORGANISATION = frozenset({"PLATFORM", "ORG", "PRODUCT"})
_SPEAKING = frozenset({"", "据", "由", "经", "至于", "用", "以", "像", "如"})
_NEAR = ("接近", "来自", "靠近")
_OWNER_REACH = 4  # sentences between a document and the mention that names its owner
_MAX_CONTACT = 60  # characters between the one who is asked and the answer
_MAX_GESTURE = 12  # characters of what is done before the words
# 创始成员梁觉民对同事, 考拉海购向会员发出通知,
_SPOKEN_TO = re.compile(
    r"(?:面向|对|(?<!面)向|跟)(?!接|抗|外|内|方|于|手|此|来|导)[^，,。；;：:“”的]{1,8}(?:(?:发出|发布|下发|寄出|推送)[^，,。；;]{1,6}[，,]?)?$"
)
_HEARER = re.compile(r"(?:她|他|它|其|该公司)?(?:对|向|跟|给|让|请|与|面向)(?!接|抗|外|内)")


@light_dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker with the role as it was written; ``kind``: ``person``, ``party``, ``described`` or ``carried``."""

    argument: Argument
    role: str | None
    kind: str
    medium: Argument | None = None
    """Who relays the words: the paper that quotes the speaker."""


def find_speaker(discourse: Discourse, clause: Clause, start: int, end: int) -> Speaker | None:
    """Return who speaks in ``text[start:end]``, the stretch before a verb; None where nobody stands there.

    A person counts before the organisation that it belongs to, an organisation with a voice (京东客服) before a described
    speaker, that before a bare organisation. Who is only spoken to (对记者, 接受某报采访) does not count.
    """
    text = discourse.text
    hearer = _SPOKEN_TO.search(text[:end], start)
    if hearer is not None and hearer.start() > start:
        end = hearer.start()
    relay = speaker_words().relay.search(text, start, end)
    if relay is not None and relay.start() > start:
        spoken = find_speaker(discourse, clause, relay.start("who"), relay.end("who"))
        medium = find_speaker(discourse, clause, start, relay.start())
        if spoken is not None:
            return replace(spoken, medium=replace(medium.argument, role="source") if medium else None)
    entities = [
        entity
        for entity in entities_between(discourse.document.entities, start, end)
        if _may_speak(text, start, entity)
    ]
    return (
        _person(discourse, entities, start, end)
        or _untagged(discourse, start, end)
        or _voiced(discourse, entities, end)
        or _described(discourse, clause, start, end)
        or _plain(discourse, clause, entities, start, end)
    )


def acting_speaker(discourse: Discourse, clause: Clause, start: int, end: int) -> Speaker | None:
    """Return a described speaker who does something before a colon: 这位高管摇了摇头：."""
    for head in speaker_words().head.finditer(discourse.text, start, end):
        if end - head.end() <= _MAX_GESTURE:
            found = find_speaker(discourse, clause, start, head.end())
            return found if found is not None and found.argument.how == "described" else None
    return None


def _may_speak(text: str, start: int, entity: Entity) -> bool:
    """A name behind 据 speaks; behind 在, 对, 与 and in titles it does not."""
    return (entity.type == "PERSON" or entity.type in _ORGANISATION) and mark_before(
        text, start, entity.start
    )[0] in _SPEAKING


def _gap(discourse: Discourse, start: int, end: int) -> re.Match[str] | None:
    """Match what stands between a candidate and the verb, tagged times left out."""
    if end - start > 80:
        return None
    text, words, position = discourse.text, "", start
    for time in discourse.clause_at(max(start, end - 1)).times:
        if position <= time.start and time.end <= end:
            words += text[position : time.start]
            position = time.end
    return speaker_words().gap.fullmatch(words + text[position:end])


def _person(discourse: Discourse, entities: list[Entity], start: int, end: int) -> Speaker | None:
    people = [entity for entity in entities if entity.type == "PERSON"]
    if not people:
        return None
    person = next((p for p in people if _gap(discourse, p.end, end)), people[0])
    argument = Argument("speaker", person.name, person.start, person.end)
    return Speaker(argument, role_of(discourse, person, start), "person")


def _untagged(discourse: Discourse, start: int, end: int) -> Speaker | None:
    """A person whose name has no tag: 研究所所长傅明远, 在虎门做女装的秦素珍."""
    for begin, stop in untagged_names(discourse.text, start, end):
        if any(e.start < stop and begin < e.end for e in discourse.clause_at(begin).entities):
            continue
        if _gap(discourse, stop, end) is not None:
            name = Entity(begin, stop, "PERSON", discourse.text[begin:stop])
            argument = Argument("speaker", name.name, begin, stop, "described")
            return Speaker(argument, role_of(discourse, name, start), "person")
    return None


def _voiced(discourse: Discourse, entities: list[Entity], end: int) -> Speaker | None:
    """An organisation with its voice right before the verb: 京东客服, 有赞的多平台运营团队."""
    for entity in entities:
        if entity.type == "PERSON" or discourse.text[max(0, entity.start - 2) : entity.start] in _NEAR:
            continue
        match = _gap(discourse, entity.end, end)
        if match is not None and match["voice"] and not _names_another(discourse, entity, match):
            return _party(entity, match["voice"])
    return None


def _names_another(discourse: Discourse, entity: Entity, gap: re.Match[str]) -> bool:
    """阿里旗下淘小铺客服: the voice is the second one's."""
    return bool(entities_between(discourse.document.entities, entity.end, entity.end + gap.end("voice")))


def _party(entity: Entity, voice: str | None) -> Speaker:
    role = voice if voice and voice not in speaker_words().business else None
    for word in sorted(speaker_words().business, key=len, reverse=True):
        if role and role != word and role.startswith(word):
            role = role.removeprefix(word)
    argument = Argument("speaker", entity.name, entity.start, entity.end)
    return Speaker(argument, role if role not in speaker_words().business else None, "party")


def _described(discourse: Discourse, clause: Clause, start: int, end: int) -> Speaker | None:
    """一位不愿具名的华东大区经理, 接近阿里的人士, 义乌商家: a noun phrase that ends in a speaker's noun."""
    text, words = discourse.text, speaker_words()
    for head in words.head.finditer(text, start, end):
        gap = _gap(discourse, head.end(), end)
        if gap is None or gap["voice"]:
            continue
        if any(m.kind in REFERRING and start <= m.start < head.start() for m in clause.mentions):
            return None  # 该部一名发言人: the referring word is the speaker
        begin = _phrase_start(discourse, start, head.end())
        if _HEARER.match(text, begin, head.start()):
            continue  # 她对记者: who is spoken to
        tags: list[Time | Entity] = [*clause.times, *clause.entities]
        if any(begin <= tag.start and _HEARER.match(text, tag.end, head.start()) for tag in tags):
            continue  # 虾皮昨天向卖家
        name = QUANTIFIER.sub("", text[begin : head.end()]).strip("的 ")
        bare = speaker_words().bare_voice.fullmatch(name)
        if bare and (contacted := _contacted(discourse, clause, begin)) is not None:
            return Speaker(contacted, bare["voice"], "party")
        owner = discourse.subject_of(clause, begin) if bare else None
        if bare and owner and discourse.is_named(owner):
            return Speaker(replace(owner[0], role="speaker"), bare["voice"], "party")
        if len(name) >= 2:
            name = polite_name(name)
            return Speaker(Argument("speaker", name, begin, head.end(), "described"), None, "described")
    return None


def _contacted(discourse: Discourse, clause: Clause, begin: int) -> Argument | None:
    """Whom a reporter asked earlier in the sentence (记者致电苏宁易购,客服人员表示…)."""
    start = max(discourse.document.sentences[clause.sentence][0], begin - _MAX_CONTACT)
    for entity in reversed(entities_between(discourse.document.entities, start, begin)):
        if entity.type in _ORGANISATION and speaker_words().contact.search(
            discourse.text, start, entity.start
        ):
            return Argument("speaker", entity.name, entity.start, entity.end, "anaphor")
    return None


def _phrase_start(discourse: Discourse, start: int, end: int) -> int:
    """Where the noun phrase before ``end`` begins, without quantifiers, times and 不愿具名的."""
    text, lead = discourse.text, speaker_words().lead
    begin = start
    for offset in range(end - 1, start - 1, -1):
        if text[offset] in "，,。；;：:\n“”「」‘’》":
            begin = offset + 1
            break
    times = discourse.clause_at(end - 1).times
    while True:
        match = lead.match(text[begin:end])
        time = next((t for t in times if t.start == begin and t.end < end), None)
        if match and match.end() < end - begin:
            begin += match.end()
        elif time:
            begin = time.end
        else:
            return begin


def _plain(
    discourse: Discourse, clause: Clause, entities: list[Entity], start: int, end: int
) -> Speaker | None:
    """An organisation without a voice, else the party that a referring word stands for."""
    parties = [entity for entity in entities if entity.type in _ORGANISATION]
    while len(parties) > 1 and discourse.is_apposed(parties[0], parties[1]):
        parties.pop(0)
    fitting = [entity for entity in parties if _gap(discourse, entity.end, end)]
    mentions = [
        mention
        for mention in clause.mentions
        if start <= mention.start < end and mention.kind not in {"entity", "group", "thing"}
    ]
    if not fitting:
        for mention in mentions:
            if discourse.resolve(mention) and discourse.mark_of(start, mention.start)[0] in _SPEAKING:
                found = _referred(discourse, mention, end)
                if found is not None:
                    return found
    party = next(iter(fitting or parties), None)
    return _party(party, None) if party is not None else None


def _referred(discourse: Discourse, mention: Mention, end: int) -> Speaker | None:
    """Whom 该公司, 其发言人, 她 or 后者 refers to, with the voice behind the word."""
    match = _gap(discourse, mention.end, end)
    resolved = discourse.resolve(mention)
    if not resolved:
        return None
    referent = resolved[0]
    if mention.kind == "latter":
        referent = _acted_upon(discourse, mention, referent)
    entity = Entity(referent.start or 0, referent.end or 0, "", referent.name)
    spoken = _party(entity, match["voice"] if match else None)
    return replace(spoken, argument=replace(referent, role="speaker", how="anaphor"))


def party_speaker(discourse: Discourse, subject: Argument) -> Speaker:
    """Return the subject of an earlier clause as a speaker, with the voice that stood behind its name there."""
    voice = None
    if subject.end is not None and subject.how in {"stated", "carried"}:
        match = speaker_words().voice.match(discourse.text, subject.end)
        voice = match["voice"] if match else None
    entity = Entity(subject.start or 0, subject.end or 0, "", subject.name)
    role = _party(entity, voice).role
    return Speaker(replace(subject, role="speaker"), role, "carried")


def document_owner(discourse: Discourse, clause: Clause) -> Speaker | None:
    """Return whose 公告 or 声明 a bare one is: the organisation before its last mention, else whom the text is about."""
    text, sentences = discourse.text, discourse.document.sentences
    for number in range(clause.sentence - 1, max(-1, clause.sentence - 1 - _OWNER_REACH), -1):
        start, end = sentences[number]
        mentions = list(speaker_words().document.finditer(text, start, end))
        if mentions:
            entities = entities_between(discourse.document.entities, start, mentions[-1].start())
            owners = [e for e in entities if e.type in _ORGANISATION and _may_speak(text, start, e)]
            if owners:
                owner = owners[0]
                argument = Argument("speaker", owner.name, owner.start, owner.end, "anaphor")
                return Speaker(argument, None, "carried")
    subject = discourse.subject_of(clause, clause.start)
    return Speaker(replace(subject[0], role="speaker"), None, "carried") if subject else None


def _acted_upon(discourse: Discourse, mention: Mention, referent: Argument) -> Argument:
    """小红书把四家代写代发机构诉至法院,后者…: the described party that something was done to, if it stands last."""
    text, start = discourse.text, discourse.document.sentences[discourse.clause_at(mention.start).sentence][0]
    for match in speaker_words().acted_upon.finditer(text, start, mention.start):
        within = entities_between(discourse.document.entities, match.start(), match.end())
        if not within and (referent.start is None or match.start() > referent.start):
            begin = match.start("name")
            referent = Argument("speaker", match["name"], begin, match.end("name"), "anaphor")
    return referent
