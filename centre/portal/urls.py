"""Every address of the portal, a folder an audience."""

from django.urls import include, path

from centre.portal import home

urlpatterns = [
    path("", home.home, name="home"),
    path("suc-khoe/", home.health, name="health"),
    path("toi-la-ai/", home.who, name="who"),
    path("", include("centre.portal.accounts.urls")),
    path("", include("centre.portal.public.urls")),
    path("hoc-vien/", include("centre.portal.trainee.urls")),
    path("giao-vu/", include("centre.portal.officer.urls")),
    path("coi-thi/", include("centre.portal.officer.invigilation.urls")),
    path("cham-bai/", include("centre.portal.marker.urls")),
    path("ban-cham/", include("centre.portal.marker.lead_urls")),
    path("hoi-dong/", include("centre.portal.board.urls")),
    path("thi/", include("centre.portal.paper.urls")),
]

handler400 = "centre.portal.errors.bad_request"
handler403 = "centre.portal.errors.denied"
handler404 = "centre.portal.errors.not_found"
handler500 = "centre.portal.errors.server_error"
handler429 = "centre.portal.errors.too_many"
