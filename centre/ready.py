"""Django made ready, once, before the first table is imported; every room imports this."""

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "centre.settings")
if not (apps.ready or apps.loading):
    django.setup()
