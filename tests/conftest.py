"""What all tests share: how hard Hypothesis tries, and small sittings to copy."""

from hypothesis import settings

# Sixty examples a property keep the whole suite quick; no example is held to a stopwatch.
settings.register_profile("house", max_examples=60, deadline=None)
settings.load_profile("house")
