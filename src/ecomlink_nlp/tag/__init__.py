"""Tags: entities, values and times over the repaired text."""
