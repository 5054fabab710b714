"""A sitting's centre behind the portal of this process."""

from django.conf import settings

from centre.portal.serving import configure


def behind_the_portal(sitting):
    """Let the portal be that of a sitting's centre."""
    configure(sitting.centre)
    settings.ALLOWED_HOSTS = ["testserver"]
    return sitting
