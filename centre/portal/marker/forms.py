"""What a marker says of a script, as a form: one level a criterion, and a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from assessments.bank.rubric import TOP_LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms.boundfield import BoundField

    from assessments.bank.rubric import Criterion, Rubric

_PREFIX = "muc-"
LEVELS = tuple((level, str(level)) for level in range(TOP_LEVEL + 1))


class MarkForm(forms.Form):
    """The rubric of one script; as a draft it may be half filled."""

    def __init__(self, rubric: Rubric, *given: Any, draft: bool = False, **options: Any) -> None:
        super().__init__(*given, **options)
        self.rubric = rubric
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
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

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
