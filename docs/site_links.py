"""A hook of MkDocs: links of the pages to files of the checkout, which the site does not have, become their names."""

import os
import re
from pathlib import Path
from typing import Any

_LINK = re.compile(r"(?<!!)\[(?P<words>[^\]]+)\]\((?P<target>\.\.?/[^)#\s]+)(?:#[^)]*)?\)")


def on_page_markdown(markdown: str, *, page: Any, config: Any, **_: Any) -> str:
    """Return the page with ``[the guide](../seeds/gold/GUIDE.md)`` as ``the guide (`seeds/gold/GUIDE.md`)``."""
    docs = Path(config["docs_dir"])
    folder = docs / Path(page.file.src_uri).parent

    def named(match: re.Match[str]) -> str:
        target = Path(os.path.normpath(folder / match["target"]))
        if target.is_relative_to(docs) or not target.exists():
            return match.group()
        name = target.relative_to(docs.parent).as_posix()
        words = match["words"]
        return f"`{name}`" if words.strip("`") in (name, target.name) else f"{words} (`{name}`)"

    return _LINK.sub(named, markdown)
