"""Forms of a corrected answer key: which item, which key, the ground, the review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from grading.papers.rekeying import EVERYONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessments.forms.form import FormItem

_FAULTY = (EVERYONE, "Câu hỏng: mọi người dự thi bài này được trọn điểm")
_TOLD = 80  # characters of a question in a list


def key_words(key: str) -> str:
    """A corrected key as people read it."""
    return _FAULTY[1] if key == EVERYONE else "; ".join(key.split("|"))


class ItemForm(forms.Form):
    """Which item's key is wrong."""

    cau = forms.ChoiceField(label="Câu")

    def __init__(self, items: Mapping[str, FormItem], *given: Any) -> None:
        super().__init__(*given)
        self.fields["cau"].choices = [  # type: ignore[attr-defined]
            (name, f"{name}: {_prompt(item)}") for name, item in items.items()
        ]


def _prompt(item: FormItem) -> str:
    text = " ".join(str(getattr(item.variants[0].question, "prompt", "")).split())
    return text if len(text) <= _TOLD else f"{text[:_TOLD]}…"


class KeyForm(forms.Form):
    """The key that an item should have had: options that every variant has, or words."""

    def __init__(self, item: FormItem, *given: Any) -> None:
        super().__init__(*given)
        self.fields["key"] = _field(item)

    @property
    def key(self) -> str:
        """The key as it is marked by."""
        told: Any = self.cleaned_data["key"]
        return told.strip() if isinstance(told, str) else "|".join(told)

    def clean_key(self) -> Any:
        """A faulty item has no right options."""
        told: Any = self.cleaned_data["key"]
        if not isinstance(told, str) and EVERYONE in told and len(told) > 1:
            raise forms.ValidationError("Chọn các phương án đúng, hoặc chỉ chọn “câu hỏng”.")
        return told


def _field(item: FormItem) -> forms.Field:
    question, label = item.variants[0].question, "Đáp án đúng"
    choices = [*((text, text) for text in _common(item)), _FAULTY]
    if question.kind == "multiple":
        box = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=label, choices=choices, widget=box)
    if question.kind == "short" or (question.kind == "numeric" and len(item.variants) == 1):
        note = f"Số, hoặc các cách viết đúng cách nhau bằng “|”; {EVERYONE} nếu câu hỏng."
        return forms.CharField(label=label, max_length=500, help_text=note)
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


def _common(item: FormItem) -> list[str]:
    """Texts of the options that every variant of an item has, in the order of the first."""
    if item.variants[0].question.kind not in ("single", "multiple"):
        return []
    listed = [[o.text.strip() for o in getattr(one.question, "options", ())]
              for one in item.variants]  # fmt: skip
    return [text for text in listed[0] if all(text in each for each in listed)]


class ProposeForm(forms.Form):
    """The key that was looked at, and the ground."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=2000)
    ground = forms.CharField(label="Căn cứ đính chính", max_length=200)


class ReviewForm(forms.Form):
    """What the reviewer says of exactly the batch that was shown."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    verdict = forms.ChoiceField(
        label="Ý kiến",
        choices=(("nhan", "Chấp nhận và tính lại cả lô"), ("bac", "Không chấp nhận")),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Ghi chú, lý do",
        max_length=200,
        required=False,
        help_text="Không chấp nhận thì phải ghi.",
    )
