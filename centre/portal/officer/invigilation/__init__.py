"""Watching over a sitting under way."""
