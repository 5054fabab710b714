"""Jupyter for lessons and a rehearsal."""
