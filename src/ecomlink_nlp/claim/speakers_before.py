"""Who 他 and 她 are where no tagged person stands before them: a described speaker, or a name without a tag."""

import re
from functools import cache

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.speaker_names import opening_name, polite_name
from ecomlink_nlp.claim.speakers import Speaker
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.document import Argument

_MAX_SENTENCE = (
    300  # characters of a sentence that are looked through: what is longer has lost its full stops
)
_REACH = 2  # sentences before the pronoun
PRONOUN = re.compile("[他她](?!们)")


@cache
def _one() -> re.Pattern[str]:
    """一位网红孵化公司的老板: one described person; the phrase ends in a speaker's noun."""
    heads = "|".join(sorted(set(read_toml("speech.toml")["speakers"]["heads"]), key=len, reverse=True))
    return re.compile(
        f"[一某][位名个家](?P<phrase>[^，,。；;：:“”「」\\n]{{0,24}}(?:{heads}))(?![一-鿿]{{0,2}}的)"
    )


def person_before(discourse: Discourse, clause: Clause) -> Speaker | None:
    """Return the one person whom the sentences before describe or name, nearest first; None where there is nobody.

    Looks back in the paragraph of ``clause``, at most two sentences.
    """
    sentences = discourse.document.sentences
    for number in range(clause.sentence, max(-1, clause.sentence - _REACH - 1), -1):
        start, end = sentences[number]
        if discourse.clause_at(start).paragraph != clause.paragraph:
            return None
        end = min(end, clause.start)
        start = max(start, end - _MAX_SENTENCE)
        found = None
        for match in _one().finditer(discourse.text, start, end):
            found = match
        if found is not None:
            begin, stop = found.span("phrase")
            argument = Argument("speaker", polite_name(found["phrase"]), begin, stop, "described")
            return Speaker(argument, None, "described")
        name = opening_name(discourse.text, start, end)
        if name is not None:
            argument = Argument("speaker", discourse.text[slice(*name)], *name, "described")
            return Speaker(argument, None, "person")
    return None
