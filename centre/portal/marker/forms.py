"""What a marker says of a script, as a form: one level a criterion, and a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from assessments.bank.rubric import TOP_LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.forms.boundfield import BoundField

    from assessments.bank.rubric import Criterion, Rubric
    from centre.marks.phrases import Phrase

_PREFIX = "muc-"
_LONGEST = 2000  # characters of a comment
LEVELS = tuple((level, str(level)) for level in range(TOP_LEVEL + 1))


class MarkForm(forms.Form):
    """The rubric of one script; as a draft it may be half filled."""

    def __init__(
        self,
        rubric: Rubric,
        *given: Any,
        bank: Sequence[Phrase] = (),
        draft: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*given, **options)
        self.rubric = rubric
        self.bank = bank
        for criterion in rubric.criteria:
            self.fields[_PREFIX + criterion.id] = forms.TypedChoiceField(
                label=criterion.name,
                choices=LEVELS,
                coerce=int,
                empty_value=None,
                required=not draft,
                widget=forms.RadioSelect,
                error_messages={"required": "Chưa chọn mức."},
            )
        self.fields["comment"] = forms.CharField(
            label="Nhận xét",
            required=False,
            max_length=_LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["phrases"] = forms.MultipleChoiceField(
            label="Ngân hàng nhận xét",
            required=False,
            choices=[(phrase.text, phrase.text) for phrase in bank],
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self) -> dict[str, Any]:
        """Put what was chosen from the bank at the comment's end, once."""
        told: dict[str, Any] = super().clean() or {}
        comment = told.get("comment", "")
        chosen = [one for one in told.get("phrases", ()) if one not in comment]
        told["comment"] = "\n".join(filter(None, [comment, *chosen]))
        if len(told["comment"]) > _LONGEST:
            self.add_error("comment", f"Nhận xét dài quá {_LONGEST} ký tự.")
        return told

    def offered(self) -> list[tuple[Phrase, Any]]:
        """Each phrase of the bank with its box."""
        return list(zip(self.bank, self["phrases"], strict=True))

    def criteria(self) -> Iterator[tuple[Criterion, BoundField, list[tuple[Any, Any]]]]:
        """Each criterion with its field, and each level's button with what the level means."""
        for criterion in self.rubric.criteria:
            field = self[_PREFIX + criterion.id]
            yield criterion, field, list(zip(field, criterion.levels, strict=True))

    @property
    def levels(self) -> dict[str, int]:
        """What was chosen, by criterion."""
        chosen = {c.id: self.cleaned_data.get(_PREFIX + c.id) for c in self.rubric.criteria}
        return {name: level for name, level in chosen.items() if level is not None}


def initial(levels: dict[str, int], comment: str) -> dict[str, Any]:
    """A form's initial values."""
    return {_PREFIX + name: level for name, level in levels.items()} | {"comment": comment}


class GroundForm(forms.Form):
    """Why something is done."""

    ground = forms.CharField(label="Lý do", max_length=200)
