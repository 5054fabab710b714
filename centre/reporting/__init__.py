"""Reports of a sitting."""
