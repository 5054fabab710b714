"""Tidy frames of sittings as a data package: one row an observation, each column described."""
