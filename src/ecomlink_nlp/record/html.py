"""Records as one HTML page that needs nothing else: the text, its repairs, what was found in it, and the claims.

The page's parts are in ``data/view/``: ``page.html`` (its frame), ``view.css``, ``view.js`` and ``labels.tsv`` (its
words in English and Chinese). What a document says reaches the page only as JSON in data blocks, and the script only
makes text nodes of it; a content security policy lets no other script run and nothing be fetched.
"""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any, TextIO

from ecomlink_nlp.record.models import DocumentRecord
from ecomlink_nlp.record.raw import raw_text
from ecomlink_nlp.resources import data_text, read_tsv

_SURROGATES = re.compile(r"[\ud800-\udfff]")
_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """Records that a notebook shows as a page; `html` is the page as text."""

    records: tuple[DocumentRecord, ...]
    height: int = 640
    """Of the frame in a notebook, in pixels."""

    def __repr__(self) -> str:
        """Short, since notebooks store it beside the page."""
        return f"View({', '.join(record.doc or 'text' for record in self.records)})"

    @property
    def html(self) -> str:
        """The whole page."""
        from io import StringIO

        out = StringIO()
        write_html(self.records, out)
        return out.getvalue()

    def _repr_html_(self) -> str:
        # A frame of its own keeps the notebook's styles out, and a sandboxed one keeps the page away from the notebook.
        return (
            f'<iframe sandbox="allow-scripts" title="ecomlink" srcdoc="{escape(self.html)}"'
            f' style="width:100%;height:{self.height}px;border:1px solid #8884"></iframe>'
        )


def write_html(records: Iterable[DocumentRecord], out: TextIO) -> None:
    """Write one page with every document, in constant memory; several documents get a selector.

    >>> from io import StringIO
    >>> write_html([], out := StringIO())
    >>> out.getvalue()[:15]
    '<!DOCTYPE html>'
    """
    before, after = _frame()
    out.write(before)
    for record in records:
        name = escape(_SURROGATES.sub("\ufffd", record.doc))
        content = _json({"raw": raw_text(record), **record.model_dump(mode="json")})
        out.write(f'<script type="application/json" class="record" data-doc="{name}">{content}</script>\n')
    out.write(after)


@cache
def _frame() -> tuple[str, str]:
    """Return the page before and after the records."""
    parts = {"style": data_text("view/view.css"), "script": data_text("view/view.js")}
    digests = {key: b64encode(hashlib.sha256(part.encode()).digest()).decode() for key, part in parts.items()}
    rows = read_tsv("view/labels.tsv", ("id", "en", "zh"))
    parts["labels"] = _json({row["id"]: {"en": row["en"], "zh": row["zh"]} for row in rows})
    parts["policy"] = (
        f"default-src 'none'; script-src 'sha256-{digests['script']}'; style-src 'sha256-{digests['style']}';"
        " base-uri 'none'; form-action 'none'"
    )
    before, after = (
        re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], half)
        for half in data_text("view/page.html").split("{{records}}\n")
    )
    return before, after


def _json(value: Any) -> str:
    """Return JSON that can end no script element and holds no half of a character."""
    return _SURROGATES.sub("\ufffd", json.dumps(value, ensure_ascii=False)).translate(_ESCAPES)
