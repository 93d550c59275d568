"""Writes full-width letters, digits and signs of numbers in half width; Chinese punctuation stays."""

import re

from ecomlink_nlp.text.edits import Edit

_WIDE = re.compile(
    r"[０-９Ａ-Ｚａ-ｚ％＄＋＆＠＃](?:[０-９Ａ-Ｚａ-ｚ％＄＋＆＠＃]|．(?=[０-９Ａ-Ｚａ-ｚ])|，(?=[０-９]{3}(?![０-９])))*"
)
_SHIFT = 0xFEE0


def find_edits(text: str) -> list[Edit]:
    """Return the conversions to half width, one for each run.

    A full-width stop or comma is converted only inside a full-width number.

    >>> [(edit.before, edit.after) for edit in find_edits("２０２１年，占５０．５％，ＧＭＶ")]
    [('２０２１', '2021'), ('５０．５％', '50.5%'), ('ＧＭＶ', 'GMV')]
    """
    edits: list[Edit] = []
    for match in _WIDE.finditer(text):
        narrow = "".join(chr(ord(character) - _SHIFT) for character in match[0])
        edits.append(Edit(*match.span(), match[0], narrow, "width", "half_width"))
    return edits
