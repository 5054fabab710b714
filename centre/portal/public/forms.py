"""What somebody with a certificate in hand can send."""

from __future__ import annotations

from django import forms

from centre.portal.public.checks import LARGEST


class CodeForm(forms.Form):
    """What stands on a print."""

    serial = forms.CharField(
        label="Số hiệu",
        max_length=40,
        help_text="In trên chứng chỉ, ví dụ CIO-2026-00001.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    code = forms.CharField(
        label="Mã xác minh",
        max_length=40,
        help_text="16 chữ và số, in cạnh mã QR.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label="Họ và tên in trên chứng chỉ (không bắt buộc)",
        max_length=200,
        required=False,
        help_text="Nhập để đối chiếu với sổ; sổ không hiện đủ họ tên.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class FileForm(forms.Form):
    """The file itself."""

    file = forms.FileField(
        label="Tệp chứng chỉ (PDF)",
        help_text="Tối đa 1 MB. Tệp chỉ được so với sổ, không được lưu lại.",
        error_messages={"empty": "Tệp rỗng; hãy tải lại tệp."},
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_file(self) -> bytes:
        """The bytes, when they are not too many."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("Tệp quá lớn để là chứng chỉ.")
        content: bytes = file.read()
        return content
