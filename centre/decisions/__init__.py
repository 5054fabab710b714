"""Decisions, the board's sheets, integrity cases and appeals."""
