"""The addresses of one paper of one sitting; whose it is, the session says."""

from django.urls import include, path

from centre.portal.paper import plain_views, saving, views

app_name = "paper"

_PAPER = [
    path("", views.paper, name="paper"),
    path("bat-dau/", views.start, name="start"),
    path("nop/", views.hand_in, name="hand_in"),
    path("lam-tiep/", views.go_on, name="go_on"),
    path("bien-nhan/", views.receipt, name="receipt"),
    path("bien-nhan/tep/", views.receipt_file, name="receipt_file"),
    path("tep/<str:item>/<str:name>/", views.data_file, name="data_file"),
    path("luu/", saving.save, name="save"),
    path("danh-dau/", saving.flag, name="flag"),
    path("nhip/", saving.beat, name="beat"),
    path("don-gian/", plain_views.paper, name="plain"),
    path("don-gian/<str:item>/", plain_views.save, name="plain_save"),
]

urlpatterns = [path("<slug:sitting>/<slug:paper>/", include(_PAPER))]
