"""Claims as a readable table; the width of Chinese characters is respected."""

import re
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ecomlink_nlp.record.models import (
    AmountRecord,
    ClaimRecord,
    DocumentRecord,
    EventRecord,
    MetricRecord,
    StatementRecord,
)

_SCALES = ((10**8, "亿"), (10**4, "万"))
_UNITS = {"%": "%", "CNY": "元", "USD": "美元", "HKD": "港元", "TWD": "新台币"}
_SIGNS = {"MORE_THAN": ">", "EQUAL_OR_MORE": "≥", "LESS_THAN": "<", "EQUAL_OR_LESS": "≤", "APPROX": "≈"}
# Controls, and marks that turn the reading direction: hostile text must not steer a terminal.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


_NARROW = 100
"""Columns of a terminal below which six table columns would be cut into slivers."""


def print_claims(records: Iterable[DocumentRecord], console: Console) -> None:
    """Print one table a document; on a narrow terminal, two or more lines a claim."""
    for record in records:
        date = f"{record.date} ({record.date_source})" if record.date else "no date"
        console.print(
            Text(f"{visible(record.doc) or 'text'} · {date} · {len(record.claims)} claims", style="bold")
        )
        if record.claims:
            console.print((claims_list if console.width < _NARROW else claims_table)(record.claims))


def claims_table(claims: Iterable[ClaimRecord]) -> Table:
    """Return a table of claims: who, what, to whom or how much, when, how certain, on what evidence."""
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column("id", style="dim", no_wrap=True, width=8)
    table.add_column("who", style="cyan", ratio=3, overflow="fold")
    table.add_column("what", ratio=3, overflow="fold")
    table.add_column("whom, how much", style="cyan", ratio=4, overflow="fold")
    table.add_column("when", width=10, overflow="fold")
    table.add_column("evidence", style="dim", ratio=6, overflow="fold")
    for claim in claims:
        who, what, whom = claim_words(claim)
        table.add_row(
            claim.id[:8],
            Text(visible(who)),
            Text(visible(what), style="red" if claim.polarity == "negated" else ""),
            Text(visible(whom)),
            Text(claim.time or ""),
            Text(shortened(claim.evidence_text[0], 60)),
        )
    return table


def claims_list(claims: Iterable[ClaimRecord]) -> Table:
    """Return the claims of `claims_table` below each other, for narrow terminals."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True, width=8)
    table.add_column(overflow="fold")
    for claim in claims:
        who, what, whom = map(visible, claim_words(claim))
        said = Text.assemble(
            (who, "cyan"), " — ", (what, "red" if claim.polarity == "negated" else ""), " — ", (whom, "cyan"),
            f" — {claim.time}" if claim.time else "",
        )  # fmt: skip
        said.append("\n" + shortened(claim.evidence_text[0], 60), "dim")
        table.add_row(claim.id[:8], said)
    return table


def claim_words(claim: ClaimRecord) -> tuple[str, str, str]:
    """Return a claim in three cells: who, what, and whom or how much."""
    marks: list[str] = [word for word in (claim.status, claim.polarity) if word not in ("actual", "affirmed")]
    marks += [f"says {claim.source}"] if claim.source else []
    note = f" ({', '.join(marks)})" if marks else ""
    match claim:
        case EventRecord():
            amount = f", {figure(claim.amount)}" if claim.amount else ""
            return claim.subject or "?", claim.predicate + note, "、".join(claim.objects) + amount
        case MetricRecord():
            measure = "" if claim.measure == "level" else f" {claim.measure}"
            return claim.subject, claim.metric + measure + note, figure(claim)
        case StatementRecord():
            role = f" ({claim.role})" if claim.role else ""
            return claim.speaker + role, "said" + note, f"「{shortened(claim.quote_text, 60)}」"


def figure(quantity: MetricRecord | AmountRecord) -> str:
    """Return a value, or a range, with its modifier and unit, in 万 and 亿 where it is a large number."""
    if quantity.value is not None:
        number = scaled(quantity.value)
    else:
        number = "–".join(scaled(end) for end in (quantity.low, quantity.high) if end is not None)
    unit = quantity.unit or ""
    tail = _UNITS.get(unit, f" {unit}" if unit else "")
    return f"{_SIGNS.get(quantity.mod or '', '')}{number}{tail}"


def scaled(value: float) -> str:
    """Return a number as Chinese readers write it.

    >>> scaled(650000000000), scaled(23000), scaled(28.4), scaled(-1200)
    ('6500亿', '2.3万', '28.4', '-1200')
    """
    for scale, word in _SCALES:
        if abs(value) >= scale:
            return f"{value / scale:g}{word}" if value % (scale / 10**4) == 0 else f"{value:,}"
    return f"{value:g}"


def shortened(words: str, length: int = 90) -> str:
    """Return the words on one line, their middle left out where they are longer than ``length`` characters.

    >>> shortened("一二三四五六七八九十", 7)
    '一二三四…九十'
    """
    line = visible(" ".join(words.split()))
    tail = length // 3
    return line if len(line) <= length else f"{line[: length - tail - 1]}…{line[-tail:]}"


def visible(words: str) -> str:
    """Return the words with control characters and direction marks written out.

    >>> visible("快手\\x1b[31m")
    '快手\\\\x1b[31m'
    """
    return _UNSAFE.sub(lambda match: match.group().encode("unicode_escape").decode("ascii"), words)
