"""Learning: each user's lessons and progress, in a folder of their own."""

import centre.ready  # noqa: F401 - before any table
