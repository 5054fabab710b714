"""The name by which generators in private banks, kept outside the house, ask for errors."""

from courses.foundation.errors import ContentError

__all__ = ["ContentError"]
