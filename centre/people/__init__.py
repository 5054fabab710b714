"""Who learns and is examined: persons, agencies, enrolments, letters, attendance."""

import centre.ready  # noqa: F401 - before any table
