"""The addresses of watching over a sitting."""

from django.urls import path

from centre.portal.officer.invigilation import acts, views

app_name = "invigilation"

urlpatterns = [
    path("", views.sittings, name="sittings"),
    path("<slug:sitting>/<slug:paper>/", views.hall, name="hall"),
    path("<slug:sitting>/<slug:paper>/tinh-hinh/", views.state, name="state"),
    path("<slug:sitting>/<slug:paper>/bat-dau/", acts.start, name="start"),
    path("<slug:sitting>/<slug:paper>/them-gio/", acts.extend, name="extend"),
    path("<slug:sitting>/<slug:paper>/tam-dung/", acts.pause_room, name="pause"),
    path("<slug:sitting>/<slug:paper>/tiep-tuc/", acts.resume_room, name="resume"),
    path("<slug:sitting>/<slug:paper>/su-co/", acts.incident, name="incident"),
    path("<slug:sitting>/<slug:paper>/thu-bai/", acts.take_in, name="take"),
    path("<slug:sitting>/<slug:paper>/thu-het/", acts.close, name="close"),
    path("<slug:sitting>/<slug:paper>/khan-cap/", acts.recover_file, name="recover"),
]
