"""Values: numerals that count or measure, with range, unit and modifier."""
