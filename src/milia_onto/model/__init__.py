"""Words and values: what every other layer speaks with. Imports nothing of ours."""
