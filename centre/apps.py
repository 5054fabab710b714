"""The one Django application of the house."""

from django.apps import AppConfig


class CentreConfig(AppConfig):
    """The centre: all rooms are one application with one history of migrations."""

    name = "centre"
