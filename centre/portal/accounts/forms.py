"""Forms of signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import validate_password

if TYPE_CHECKING:
    from centre.accounts.models import User


_CODE = "Mã xác thực"
_DIFFERENT = "Hai lần nhập không giống nhau."
_RULE = "Ít nhất 12 ký tự, không phải mật khẩu phổ biến; một câu dài dễ nhớ là tốt."


def _name(form: forms.Form, **labels: str) -> None:
    """Label fields of allauth in our words, with nothing written inside them."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, ""
        field.widget.attrs.pop("placeholder", None)


class LoginForm(account.LoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _name(self, login="Tên đăng nhập", password="Mật khẩu")  # noqa: S106 - a label


class PasswordForm(account.ChangePasswordForm):
    """The password at present, and a new one twice."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _name(
            self,
            oldpassword="Mật khẩu hiện tại",
            password1="Mật khẩu mới",
            password2="Nhập lại mật khẩu mới",
        )
        self.fields["password1"].help_text = _RULE

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        data: dict[str, Any] = forms.Form.clean(self) or self.cleaned_data
        first, again = data.get("password1"), data.get("password2")
        if first and again and first != again:
            self.add_error("password2", _DIFFERENT)
        return data


class AgainForm(account.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _name(self, password="Mật khẩu")  # noqa: S106 - a label


class _CodeForm(forms.Form):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _name(self, code=_CODE)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": 16}


class CodeForm(_CodeForm, second.AuthenticateForm):
    """A code of the second factor, or a recovery code."""


class CodeAgainForm(_CodeForm, second.ReauthenticateForm):
    """The same, to prove once more who one is."""


class ActivateForm(_CodeForm, totp.ActivateTOTPForm):
    """The first code of an application that was just given its secret."""


class ChooseForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label="Mật khẩu mới",
        help_text=_RULE,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Nhập lại mật khẩu",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_password(self) -> str:
        """The password, when it is strong enough."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean_again(self) -> str:
        """The same password once more."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_DIFFERENT)
        return again
