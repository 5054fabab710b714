"""Jupyter for lessons and a rehearsal."""

import centre.ready  # noqa: F401 - before any table
