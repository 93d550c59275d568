"""One adapter a system: each finds quantities and times in a text, in one common form."""

from adapters.found import Found

SYSTEMS = ("ours", "jionlp", "recognizers", "dateparser")

__all__ = ["SYSTEMS", "Found"]
