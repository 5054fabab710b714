"""The board's pages."""

from django.urls import path

from centre.portal.board import appeals, candidates, cases, papers, sheets, signing

app_name = "board"
_SHEET = "bang/<int:number>/"
_APPEAL = "don/<slug:number>/"
urlpatterns = [
    path("", sheets.listed, name="sheets"),
    path(_SHEET, sheets.one, name="sheet"),
    path(f"{_SHEET}ky/", signing.sign, name="sign"),
    path(f"{_SHEET}tra-lai/", signing.send_back, name="return"),
    path(f"{_SHEET}khong-tham-gia/", signing.stand_aside, name="recuse"),
    path(f"{_SHEET}van-ban/<str:name>/", papers.sheet_paper, name="paper"),
    path(f"{_SHEET}thi-sinh/<str:candidate>/", candidates.one, name="candidate"),
    path("vu-viec/", cases.listed, name="cases"),
    path("vu-viec/mo/", cases.start, name="open_case"),
    path("vu-viec/<int:number>/", cases.close, name="case"),
    path("don/", appeals.listed, name="appeals"),
    path(_APPEAL, appeals.one, name="appeal"),
    path(f"{_APPEAL}tra-loi/", appeals.answer, name="answer"),
    path(f"{_APPEAL}giay-tiep-nhan/<slug:ending>/", papers.appeal_receipt, name="receipt"),
]
