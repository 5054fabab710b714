"""From submissions to marks, decisions, certificates and reports."""

import courses  # noqa: F401 - before any library that reads schemas
