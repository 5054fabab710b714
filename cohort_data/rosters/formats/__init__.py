"""File formats of rosters, each read within bounds into sparse sheets."""
