"""Sittings: prepared, under way, taken."""

import centre.ready  # noqa: F401 - before any table
