"""Repair: from raw text to its words, as layers of edits."""
