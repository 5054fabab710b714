"""The public's addresses."""

from django.urls import path

from centre.portal.public import api, views

app_name = "public"
urlpatterns = [
    path("tra-cuu/", views.verify, name="verify"),
    path("api/v1/openapi.json", api.described, name="api"),
    path("api/v1/certificates/", api.by_file, name="api-file"),
    path("api/v1/certificates/<str:serial>", api.by_code, name="api-code"),
]
