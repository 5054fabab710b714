"""One module a simulation; each offers ``view()`` and keeps its logic in ``courses.models``."""
