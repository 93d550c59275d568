"""The words around speakers, compiled: the nouns they are described by, their voices, and what stands before their verb."""

import re
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.resources import read_toml


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """``speech.toml``'s lists about speakers as patterns; its comments say what each means."""

    head: re.Pattern[str]
    lead: re.Pattern[str]
    gap: re.Pattern[str]
    voice: re.Pattern[str]
    relay: re.Pattern[str]
    role_end: re.Pattern[str]
    business: frozenset[str]
    bare_voice: re.Pattern[str]
    document: re.Pattern[str]
    acted_upon: re.Pattern[str]
    contact: re.Pattern[str]


@cache
def speaker_words() -> SpeakerWords:
    """Return the words around speakers.

    >>> bool(speaker_words().head.match("分析师"))
    True
    """
    data = read_toml("speech.toml")
    speakers = data["speakers"]
    heads = "|".join(sorted(set(speakers["heads"]), key=len, reverse=True))
    adverbs = "|".join(sorted(speakers["adverbs"], key=len, reverse=True))
    few = rf"(?:{adverbs}|\s){{0,8}}"
    voice = rf"的?(?:一名|一位|某)?(?P<voice>{speakers['voices']})"
    # Nothing here can match the same stretch in many ways: hostile text costs no more than other text.
    gap = (
        rf"(?:{voice})?(?:（[^）]{{0,10}}）|\([^)]{{0,10}}\)|[“「][^”」]{{1,14}}[”」])?{few}(?:[^，,。：:“”对向跟和与在的\s]{{1,7}}地)?(?:{speakers['serial']}[，,]?)?{few}"
        rf"(?:{speakers['occasion']}[^，,。：:“”]{{1,40}})?(?:的|的话)?"
    )
    return SpeakerWords(
        re.compile(f"(?:{heads})们?"),
        re.compile(speakers["lead"]),
        re.compile(gap),
        re.compile(voice),
        re.compile(speakers["relays"]),
        re.compile(speakers["role_end"]),
        frozenset(speakers["business"]),
        re.compile(speakers["bare_voice"]),
        re.compile(speakers["document_nouns"]),
        re.compile(
            rf"(?:把|将|对|被|向)[一两三四五六七八九十多数几\d]+[家名位个](?P<name>[^，,。；;：:“”]{{0,10}}?(?:{heads}))"
        ),
        re.compile(f"(?:{speakers['contact']})了?$"),
    )
