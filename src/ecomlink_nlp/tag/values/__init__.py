"""Values: numerals that count or measure, with range, unit and modifier."""

from ecomlink_nlp.tag.values.finder import find_values

__all__ = ["find_values"]
