"""The register of certificates: keys, entries, revocations."""

import centre.ready  # noqa: F401 - before any table
