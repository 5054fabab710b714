"""Long work in the background: leased rows, progress, cancelling, going on after a crash."""

import centre.ready  # noqa: F401 - before any table
