"""Reports of a sitting."""

import centre.ready  # noqa: F401 - before any table
