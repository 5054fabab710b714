"""The officers' pages."""

from django.urls import path

from centre.portal.officer import (
    certificates,
    invitations,
    jobs,
    ledger,
    people,
    results,
    rosters,
    sittings,
    standing,
)

app_name = "officer"
_ONE = "ky-thi/<slug:code>/"
urlpatterns = [
    path("", sittings.listed, name="home"),
    path("ky-thi/", sittings.listed, name="sittings"),
    path("ky-thi/tao/", sittings.create, name="create"),
    path(_ONE, sittings.one, name="sitting"),
    path(f"{_ONE}danh-sach/", rosters.bring_one, name="roster"),
    path(f"{_ONE}danh-sach/xem-truoc/", rosters.preview, name="roster_preview"),
    path(f"{_ONE}danh-sach/ban-ghi-chu/", rosters.copy, name="roster_copy"),
    path(f"{_ONE}viec/<slug:kind>/", jobs.start, name="start"),
    path(f"{_ONE}ket-qua/", results.listed, name="results"),
    path(f"{_ONE}quyet-dinh/", results.decide, name="decide"),
    path(f"{_ONE}trinh-hoi-dong/", results.draw, name="draw"),
    path(f"{_ONE}bao-cao/<str:name>", sittings.report_of, name="report"),
    path(f"{_ONE}moi/", invitations.invite_all, name="invite"),
    path("ket-qua/<slug:decision>/", results.why, name="why"),
    path("nguoi-hoc/", people.listed, name="people"),
    path("nguoi-hoc/<slug:number>/", people.one, name="person"),
    path("nguoi-hoc/<slug:number>/moi/", invitations.invite_one, name="invite_one"),
    path("nguoi-hoc/<slug:number>/dinh-chinh/", people.amend, name="correct"),
    path("chung-chi/", certificates.listed, name="certificates"),
    path("chung-chi/<str:serial>/", certificates.one, name="certificate"),
    path("chung-chi/<str:serial>/tep/", certificates.original, name="original"),
    path("chung-chi/<str:serial>/da-xem/", standing.look_at, name="acknowledge"),
    path("chung-chi/<str:serial>/xem-xet/", standing.hold, name="suspend"),
    path("chung-chi/<str:serial>/giu-nguyen/", standing.keep, name="confirm"),
    path("chung-chi/<str:serial>/thu-hoi/", standing.withdraw, name="revoke"),
    path("chung-chi/<str:serial>/cap-lai/", standing.issue_again, name="reissue"),
    path("viec-nen/", jobs.listed, name="jobs"),
    path("viec-nen/<int:number>/dung/", jobs.stop, name="stop"),
    path("viec-nen/<int:number>/tiep/", jobs.resume, name="resume"),
    path("so-nhat-ky/", ledger.listed, name="ledger"),
]
