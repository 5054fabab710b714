"""Marking of our papers: answers file and key, no code runs."""
