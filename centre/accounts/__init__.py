"""Users, their roles, and the one table of what each role may do."""

import centre.ready  # noqa: F401 - before any table
