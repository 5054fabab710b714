"""The audit ledger: what was done, by whom, when, and a digest of every row it changed."""

import centre.ready  # noqa: F401 - before any table
