"""Marks of people: scripts, levels, agreed points."""
