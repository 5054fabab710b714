"""The house, served."""

from house import house  # noqa: F401 - a fixture
