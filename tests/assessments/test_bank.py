"""Bank, rubrics and blueprint fit each other, and say which file does not."""

import re
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped import BANK

from assessments.bank.bank import ITEMS, read_bank
from assessments.bank.rubric import RUBRICS, TOP_LEVEL, read_rubric
from assessments.forms.blueprint import BLUEPRINT, read_blueprint
from assessments.forms.drawing import draw_forms
from courses.foundation.errors import ContentError


@pytest.fixture
def folders(tmp_path):
    """A copy of one competency's items and all rubrics, to be broken."""
    shutil.copytree(ITEMS / "ql4", tmp_path / "items" / "ql4")
    shutil.copytree(RUBRICS, tmp_path / "rubrics")
    return tmp_path / "items", tmp_path / "rubrics"


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_shipped_item_and_rubric_reads():
    assert len(BANK.items) == len(list(ITEMS.glob("*/*.md")))
    assert {path.stem for path in RUBRICS.glob("*.toml")} == {r.id for r in BANK.rubrics.values()}


@pytest.mark.proof(one_in=4)
@pytest.mark.parametrize("plan", read_blueprint().papers, ids=lambda plan: plan.code)
@pytest.mark.parametrize("seed", ["một", "hai", "ba"])
def test_the_bank_fills_every_paper_of_the_blueprint(plan, seed):
    forms = draw_forms(read_blueprint(), plan.code, BANK, seed)
    assert len(forms) == plan.forms
    assert {form.points for form in forms} == {plan.points}


def test_only_live_items_are_delivered(folders):
    items, rubrics = folders
    before = {item.id for item in read_bank(items, rubrics).live("QL4", essay=False)}
    change(items / "ql4" / "ql4-01.md", "status: live", "status: retired")
    after = {item.id for item in read_bank(items, rubrics).live("QL4", essay=False)}
    assert before - after == {"QL4-01"}


def test_an_item_in_the_wrong_folder_is_refused_by_name(folders):
    items, rubrics = folders
    (items / "km2").mkdir()
    for path in (items / "ql4").glob("ql4-01.*"):
        path.rename(items / "km2" / path.name)
    with pytest.raises(ContentError, match="sai thư mục") as refused:
        read_bank(items, rubrics)
    assert refused.value.path.name == "ql4-01.md"


def test_an_id_used_twice_is_refused_by_name(folders):
    items, rubrics = folders
    shutil.copytree(items / "ql4", items / "km2")
    with pytest.raises(ContentError, match="đã dùng ở tệp khác") as refused:
        read_bank(items, rubrics)
    assert refused.value.key == "id"


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("points = 8", "points = 9", None, "tổng trọng số"),
        ('item = "QL4-E1"', 'item = "QL4-E2"', None, "thang chấm ghi câu QL4-E2"),
        ("must = true", "must = true\nmandatory = true", "criteria.0.mandatory", "được biết"),
        ('id = "chi-phi-co-hoi"', 'id = "Chi phí"', "criteria.0.id", "mẫu"),
        ("weight = 3", "weight = 0", "criteria.0.weight", "số quá nhỏ"),
        ("[[criteria.levels]]", "[[criteria.levles]]", "criteria.0.levels", "."),
    ],
)
def test_a_broken_rubric_is_refused_by_file_and_key(folders, old, new, key, words):
    items, rubrics = folders
    change(rubrics / "ql4-e1.toml", old, new)
    with pytest.raises(ContentError, match=words) as refused:
        read_bank(items, rubrics)
    assert refused.value.path.name == "ql4-e1.toml"
    assert key is None or refused.value.key.startswith(key)


def test_an_essay_without_its_rubric_file_is_refused(folders):
    items, rubrics = folders
    (rubrics / "ql4-e1.toml").unlink()
    with pytest.raises(ContentError, match="không tìm thấy tệp") as refused:
        read_bank(items, rubrics)
    assert refused.value.path.name == "ql4-e1.toml"


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ('code = "QL"', 'code = "ql"', "papers.#.code", "mẫu"),
        ("minutes = 195", "minute = 195", "papers.#.minutes", "thiếu khoá"),
        ("points = 64", "points = 0", "papers.#.points", "số quá nhỏ"),
        ("essays = 1", "essays = -1", "papers.#.sections.#.essays", "số quá nhỏ"),
        ("essays = 1", "essays = 1\nessay = 1", "papers.#.sections.#.essay", "không được biết"),
        ('track = "cio"', 'trak = "cio"', "track", "thiếu khoá"),
    ],
)
def test_a_broken_blueprint_is_refused_by_file_and_key(tmp_path, old, new, key, words):
    path = tmp_path / "blueprint.toml"
    shutil.copy(BLUEPRINT, path)
    change(path, old, new)
    with pytest.raises(ContentError, match=words) as refused:
        read_blueprint(path)
    assert refused.value.path == path
    assert re.sub(r"\d+", "#", refused.value.key) == key


def levels(rubric, level):
    return {criterion.id: level for criterion in rubric.criteria}


@pytest.mark.parametrize("rubric", BANK.rubrics.values(), ids=lambda rubric: rubric.id)
def test_a_rubric_pays_everything_at_the_top_and_nothing_at_the_bottom(rubric):
    assert rubric.score(levels(rubric, TOP_LEVEL)) == rubric.points
    assert rubric.score(levels(rubric, 0)) == 0


@pytest.mark.parametrize("rubric", BANK.rubrics.values(), ids=lambda rubric: rubric.id)
def test_missing_what_must_be_there_halves_the_most_an_essay_can_earn(rubric):
    for criterion in (criterion for criterion in rubric.criteria if criterion.must):
        missed = levels(rubric, TOP_LEVEL) | {criterion.id: 0}
        assert rubric.score(missed) <= rubric.points / 2


@given(st.data())
def test_a_higher_level_never_costs(data):
    rubric = data.draw(st.sampled_from(sorted(BANK.rubrics.values(), key=lambda r: r.id)))
    given_levels = {c.id: data.draw(st.integers(0, TOP_LEVEL)) for c in rubric.criteria}
    raised = data.draw(st.sampled_from(sorted(given_levels)))
    better = given_levels | {raised: min(TOP_LEVEL, given_levels[raised] + 1)}
    assert rubric.score(better) >= rubric.score(given_levels)


def test_a_rubric_that_names_a_criterion_twice_is_refused(tmp_path):
    shutil.copy(RUBRICS / "ql4-e1.toml", tmp_path)
    change(tmp_path / "ql4-e1.toml", 'id = "can-cu-bat-buoc"', 'id = "chi-phi-co-hoi"')
    with pytest.raises(ContentError, match="trùng mã"):
        read_rubric("ql4-e1", tmp_path)
