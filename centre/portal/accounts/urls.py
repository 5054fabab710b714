"""The pages of signing in; allauth's names, so that its views find each other."""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from centre.portal.access import public, signed_in
from centre.portal.accounts import views

_SECOND = "xac-thuc/"

urlpatterns = [
    path("dang-nhap/", public(account.login), name="account_login"),
    path("dang-xuat/", public(account.logout), name="account_logout"),
    path("moi/<str:user>/<str:token>/", views.accept, name="accept_invitation"),
    path("ngung-hoat-dong/", public(account.account_inactive), name="account_inactive"),
    path("mat-khau/", signed_in(views.change_password), name="account_change_password"),
    # allauth itself asks who is there; whoever has no second factor yet sets it up here.
    path("xac-nhan-lai/", public(views.prove_again), name="account_reauthenticate"),
    path(_SECOND, public(second.authenticate), name="mfa_authenticate"),
    path(f"{_SECOND}lai/", public(second.reauthenticate), name="mfa_reauthenticate"),
    path(f"{_SECOND}hai-lop/", signed_in(views.account_page), name="mfa_index"),
    path(f"{_SECOND}ung-dung/", public(totp.activate_totp), name="mfa_activate_totp"),
    path(f"{_SECOND}ung-dung/bo/", public(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(f"{_SECOND}ma/", public(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        f"{_SECOND}ma/moi/",
        public(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        f"{_SECOND}ma/tai/",
        public(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
