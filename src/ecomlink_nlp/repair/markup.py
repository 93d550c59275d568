"""Removes what is left of HTML in a text: entities, tags, broken tags and zero-width characters.

A text that writes about markup keeps it: such a document shows its subject by its words (HTML, CSS, escaping) or by code.
"""

import re
from collections.abc import Iterator
from html.entities import html5

from ecomlink_nlp.text.edits import Edit

_TAG_NAMES = (
    "p|br|strong|b|em|i|u|span|div|a|img|li|ul|ol|h[1-6]|td|tr|th|table|tbody|thead|font|section|article|blockquote"
    "|center|figure|figcaption|video|iframe|hr|sup|sub|small|big|pre|code|script|style|dl|dt|dd|label|input|button|html|body"
)
_TAG = rf"</?(?:{_TAG_NAMES})(?:\s[^<>\n]{{0,300}})?\s*/?>"
_ESCAPED_TAG = rf"&lt;/?(?:{_TAG_NAMES})(?:\s[^<>&\n]{{0,200}})?\s*/?&gt;"
# ”</p> of which a byte-wise replacement ate the middle: GBK a1 a3 a1 b1 3c became ?!?.
_BROKEN_TAG = rf"\?!\?/(?:{_TAG_NAMES})>"
_ENTITY = r"&(?:amp;)?(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});|&nbsp(?![A-Za-z0-9;=])"
_ZERO_WIDTH = "[\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e]+"
# Joiners also build emoji and the words of other scripts.
_JOINERS = (
    r"(?<=[\u3000-\u9fff\uff00-\uffef0-9A-Za-z])[\u200c\u200d]+(?=[\u3000-\u9fff\uff00-\uffef0-9A-Za-z])"
)
_REMAINS = re.compile(
    rf"(?P<broken>{_BROKEN_TAG})|(?P<tags>(?:{_TAG}|{_ESCAPED_TAG})+)|(?P<entity>{_ENTITY})"
    rf"|(?P<zero>{_ZERO_WIDTH}|{_JOINERS})"
)
_TRIGGER = re.compile(r"[&\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]|</?[a-z]|/[a-z]+[0-9]?>")
_ABOUT_MARKUP = re.compile(
    r"HTML|html|XHTML|CSS|JavaScript|TypeScript|XML|转义|前端|源码|DOM|正则|编程|```|`<|`&|React|Vue|Markdown|<!DOCTYPE"
)
_SPACES = frozenset("\u00a0\u2002\u2003\u2009\u200a\u3000 ")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")


def find_edits(text: str) -> list[Edit]:
    """Return the removals and replacements of HTML remains.

    >>> [(edit.before, edit.after) for edit in find_edits("他说:&ldquo;好&rdquo;</p><p>1&gt;2")]
    [('&ldquo;', '“'), ('&rdquo;', '”'), ('</p><p>', ''), ('&gt;', '>')]
    >>> find_edits("在HTML里,&nbsp;表示空格。")
    []
    """
    if not _TRIGGER.search(text):
        return []
    about_markup = bool(_ABOUT_MARKUP.search(text))
    edits: list[Edit] = []
    for edit in _found(text, about_markup):
        last = edits[-1] if edits else None
        if last and last.end == edit.start and _same_sort(last, edit):
            before, after = last.before + edit.before, last.after + edit.after
            edits[-1] = Edit(
                last.start, edit.end, before, after, "markup", last.rule, min(last.score, edit.score)
            )
        else:
            edits.append(edit)
    return edits


def _found(text: str, about_markup: bool) -> Iterator[Edit]:
    """One edit for each remain."""
    quotes: dict[int, int] = {}  # straight quotes seen in each line: odd ones open, even ones close
    for match in _REMAINS.finditer(text):
        start, end = match.span()
        if match["zero"]:
            yield Edit(start, end, match[0], "", "markup", "zero_width")
        elif about_markup:
            continue
        elif match["broken"]:
            yield Edit(start, end, match[0], "。”", "markup", "broken_tag", 0.9)
        elif match["tags"]:
            yield Edit(start, end, match[0], "", "markup", "tag")
        else:
            clean = _decoded(text, start, end, quotes)
            if clean is not None:
                yield Edit(start, end, match[0], clean, "markup", "entity")


def _decoded(text: str, start: int, end: int, quotes: dict[int, int]) -> str | None:
    """What the entity stands for in Chinese text, or None where it is not one."""
    written = text[start:end]
    name = written[5:] if written.startswith("&amp;") and len(written) > 5 else written[1:]
    if name.startswith("#"):
        digits = name[1:].rstrip(";")
        code = int(digits[1:], 16) if digits[:1] in "xX" else int(digits)
        clean = chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    else:
        found = html5.get(name if name.endswith(";") else name + ";")
        if found is None:
            return None
        clean = found
    if name == "amp;" and re.match(r"[A-Za-z0-9_]+=", text[end : end + 24]):
        return None  # a parameter of an address
    if clean in _INVISIBLE:
        return ""
    if clean in _SPACES:
        before, after = text[start - 1 : start], text[end : end + 1]
        return " " if (before + after).isascii() and before.isalpha() and after.isalpha() else ""
    if clean == '"':
        line = text.rfind("\n", 0, start)
        quotes[line] = quotes.get(line, 0) + 1
        return "“" if quotes[line] % 2 else "”"
    return clean


def _same_sort(first: Edit, second: Edit) -> bool:
    """True for a run of the same entity (&mdash;&mdash;) or of what goes (<p>&nbsp;&nbsp;): one damage."""
    if first.after or second.after:
        return first.rule == second.rule == "entity" and first.before.endswith(second.before)
    return "zero_width" not in {first.rule, second.rule} or first.rule == second.rule
