"""Decisions, the board's sheets, integrity cases and appeals."""

import centre.ready  # noqa: F401 - before any table
