"""The pages of who leads the marking."""

from django.urls import path

from centre.portal.marker import answer_keys, corrections, lead, rounds

app_name = "lead"
_ONE = "<slug:sitting>/"
urlpatterns = [
    path("", lead.sittings_list, name="sittings"),
    path(_ONE, lead.one, name="overview"),
    path(f"{_ONE}phan-cong/", rounds.give_out, name="allocate"),
    path(f"{_ONE}bai-chuyen/<int:number>/", rounds.settle_one, name="settle"),
    path(f"{_ONE}cham-lai/", rounds.order, name="order"),
    path(f"{_ONE}thang-cham/", corrections.bring, name="correct"),
    path(f"{_ONE}dap-an/", answer_keys.listed, name="answer_keys"),
    path(f"{_ONE}dap-an/de-xuat/", answer_keys.bring, name="propose_key"),
    path(f"{_ONE}dap-an/<int:number>/", answer_keys.one, name="answer_key"),
    path(f"{_ONE}giam-khao/<str:marker>/rut/", rounds.withdraw, name="withdraw"),
    path(f"{_ONE}giam-khao/<str:marker>/<str:item>/", rounds.clear, name="clear"),
]
