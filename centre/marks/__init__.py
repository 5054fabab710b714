"""Marks of people: scripts, levels, agreed points."""

import centre.ready  # noqa: F401 - before any table
