"""Sittings: prepared, under way, taken."""
