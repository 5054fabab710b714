"""A marker's pages."""

from django.urls import path

from centre.portal.marker import asides, desk

app_name = "marker"
_ITEM = "<slug:sitting>/<str:item>/"
_SCRIPT = f"{_ITEM}<slug:code>/"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("<slug:sitting>/", asides.agency, name="agency"),
    path(_ITEM, desk.go_on, name="next"),
    path(_SCRIPT, desk.script, name="script"),
    path(f"{_SCRIPT}nhap/", desk.draft, name="draft"),
    path(f"{_SCRIPT}bo-qua/", asides.skip, name="skip"),
    path(f"{_SCRIPT}chuyen/", asides.hand_up, name="hand_up"),
    path(f"{_SCRIPT}xung-dot/", asides.recuse_from, name="recuse"),
]
