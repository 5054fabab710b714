"""The register of certificates: keys, entries, revocations."""
