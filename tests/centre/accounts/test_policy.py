"""Every door asks the one table of permissions; nothing is written but through a door."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from sittings import found_centre, who

import centre
from centre.accounts.actors import Actor
from centre.accounts.models import RoleGrant, User
from centre.accounts.permissions import PERMISSIONS, Role, Scope, permitted, require
from centre.ledger.acts import DOORS
from centre.ledger.guard import OutsideActError
from centre.ledger.models import LedgerLine
from courses.foundation.errors import CioError, DeniedError, SittingError

HOUSE = Path(centre.__file__).parent
MODULES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in HOUSE.rglob("*.py")}


def named(call):
    """What a call calls, by its last name."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def calls(tree, *names):
    return [n for n in ast.walk(tree) if isinstance(n, ast.Call) and named(n) in names]


def door_of(function):
    """The action of a door, or None."""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and named(decorator) == "door":
            return decorator.args[0].value
    return None


@cache
def functions():
    return [
        (path, node)
        for path, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]


@cache
def doors_written():
    found = defaultdict(list)
    for path, function in functions():
        if action := door_of(function):
            found[action].append(path)
    return found


@cache
def all_doors():
    """Every door there is, its module imported."""
    for paths in doors_written().values():
        for path in paths:
            module = path.relative_to(HOUSE.parent).with_suffix("")
            importlib.import_module(".".join(module.parts))
    return DOORS


class Affair(str):
    """Stands for whatever a door is told, and belongs to whom it names."""

    __slots__ = ()

    enrolment = property(lambda self: self)
    person_id = number = property(str)
    __call__ = lambda self, _candidate: self  # noqa: E731 - a sitting's ``enrolment`` is called


class Nobody(Affair):
    """Stands for a sitting at which no such candidate is found."""

    __slots__ = ()

    def __call__(self, candidate):
        """Find nobody."""
        raise SittingError(f"không có thí sinh {candidate}")


def told(action, actor, affair):
    """What whoever knocks at a door is told."""
    door = all_doors()[action]
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    needed = [one for one in inspect.signature(door).parameters.values() if one.kind in kinds]
    with pytest.raises((CioError, RuntimeError)) as met:
        door(actor, *[affair] * (len(needed) - 1))
    return met.type, str(met.value)


def knock(action, actor, owner):
    """Call a door; whether it let the actor in, which needs a transaction next."""
    kind, words = told(action, actor, Affair(owner))
    assert kind is DeniedError or "needs a transaction" in words
    return kind is RuntimeError


@pytest.mark.parametrize("action", sorted(all_doors()))
def test_each_door_lets_in_whom_the_table_names_and_nobody_else(action):
    for role in Role:
        actor = Actor("toi", frozenset({role}), "P000001")
        scope = PERMISSIONS[action].get(role)
        for owner, own in (("toi", True), ("P000001", True), ("P000002", False)):
            # Where nobody owns what a door changes, the table names nobody for their own.
            expected = scope is Scope.ANY or (scope is Scope.OWN and own)
            assert knock(action, actor, owner) == expected, (role, owner)


@pytest.mark.parametrize("action", sorted(all_doors()))
def test_a_door_tells_nobody_but_whom_it_lets_in_whether_anothers_thing_is_there(action):
    """Otherwise whoever is refused could still find out who sits where."""
    for role in [*Role, None]:
        actor = Actor("toi", frozenset({role} if role else ()), "P000001")
        unknown = told(action, actor, Nobody("P000002"))
        if PERMISSIONS[action].get(role) is Scope.ANY:
            assert unknown[0] in (SittingError, RuntimeError)
        else:
            assert unknown == told(action, actor, Affair("P000002"))
            assert unknown[0] is DeniedError


def test_whoever_has_no_role_or_no_person_is_let_in_nowhere():
    for action in all_doors():
        assert not knock(action, Actor("ai-do", frozenset()), "P000001")
        trainee = Actor("ai-do", frozenset({Role.TRAINEE}))
        assert not knock(action, trainee, "None")


def test_roles_add_up():
    both = Actor("toi", frozenset({Role.OFFICER, Role.AUDITOR}))
    assert permitted(both, "enrol")
    assert permitted(both, "ledger.read")
    assert not permitted(both, "decide.nothing")


def test_every_door_has_one_row_in_the_table_and_every_row_is_asked_for():
    written = doors_written()
    assert {action: len(paths) for action, paths in written.items()} == dict.fromkeys(written, 1)
    assert set(all_doors()) == set(written)
    required = {
        call.args[1].value
        for tree in MODULES.values()
        for call in calls(tree, "require", "permitted")
        if isinstance(call.args[1], ast.Constant)
    }
    opened = {
        call.args[0].value
        for tree in MODULES.values()
        for call in calls(tree, "page")
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert set(PERMISSIONS) == set(written) | required | opened


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("decide", "sheet.sign"),
        ("script.mark", "sheet.sign"),
        ("sheet.sign", "certificate.issue"),
        ("decide", "certificate.issue"),
        ("user.grant", "certificate.issue"),
        ("user.grant", "script.mark"),
        ("user.grant", "sheet.sign"),
    ],
)
def test_no_role_does_both_of_what_two_people_are_to_do(one, other):
    assert not set(PERMISSIONS[one]) & set(PERMISSIONS[other])


def test_who_is_refused_is_told_who_may():
    with pytest.raises(DeniedError, match="cần vai trò: thành viên hội đồng"):
        require(Actor("giao-vu", frozenset({Role.OFFICER})), "sheet.sign")


WRITERS = {HOUSE / "ledger" / "rows.py", HOUSE / "ledger" / "acts.py"}
WRITING = (
    *("save", "save_base", "create", "delete", "bulk_create", "bulk_update", "raw"),
    *("get_or_create", "update_or_create", "insert_rows", "update_row", "writing"),
)


def test_no_table_is_written_outside_the_ledger():
    # Signing in keeps two columns that prove nothing; what it may save, the model says.
    allowed = {HOUSE / "accounts" / "models.py": {"save", "writing"}}
    # The queue of background work is no covered table.
    allowed[HOUSE / "jobs" / "queue.py"] = {"create", "save", "update"}
    # Nor are second factors and sessions, which allauth and Django keep.
    allowed[HOUSE / "accounts" / "invitations.py"] = {"delete"}
    # Nor are counts of who looked certificates up.
    allowed[HOUSE / "register" / "checks.py"] = {"get_or_create", "update"}
    # A QR code is a picture.
    allowed[HOUSE / "portal" / "accounts" / "adapter.py"] = {"save"}
    # Answers are a candidate's files, no rows.
    allowed[HOUSE / "sittings" / "answering.py"] = {"save"}
    for path, tree in MODULES.items():
        if path in WRITERS:
            continue
        found = {named(call) for call in calls(tree, *WRITING)}
        # A dict has an ``update`` too: a query's is known by its names of columns.
        found |= {"update" for call in calls(tree, "update") if call.keywords}
        assert found <= allowed.get(path, set()), path


def test_no_sql_that_writes_is_written_by_hand():
    verbs = ("INSERT ", "UPDATE ", "DELETE ", "REPLACE ", "CREATE ", "ALTER ", "DROP ", "COPY ")
    for path, tree in MODULES.items():
        texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
        found = [t for t in texts if isinstance(t, str) and t.lstrip().upper().startswith(verbs)]
        assert [t for t in found if t.split()[0].isupper()] == [], path
        assert path.parent.name == "migrations" or not calls(tree, "RunSQL", "RunPython")


def handle(path, function):
    """How code refers to a function: a private one, or a method, in its own module alone."""
    arguments = [one.arg for one in function.args.posonlyargs + function.args.args]
    if arguments[:1] in (["self"], ["cls"]):
        return path, f".{function.name}"
    return (path if function.name.startswith("_") else None), function.name


def callers():
    """By handle of a function, the handles of those that name it."""
    found = defaultdict(set)
    for path, function in functions():
        by = handle(path, function)
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute):
                found[path, f".{node.attr}"].add(by)
            elif isinstance(node, ast.Name):
                found[path, node.id].add(by)
                found[None, node.id].add(by)
    return found


def test_acts_are_made_by_doors_and_by_what_doors_alone_call():
    doors = {handle(path, function) for path, function in functions() if door_of(function)}
    makers = {
        handle(path, function)
        for path, function in functions()
        if calls(function, "act", "record_many") and path not in WRITERS
    }
    behind, named_by, more = set(doors), callers(), True
    while more:  # what these alone call is behind them too
        more = {one for one, by in named_by.items() if by and by <= behind | {one}} - behind
        behind |= more
    assert makers
    assert makers - behind == set()


@pytest.fixture(scope="module")
def staffed(tmp_path_factory):
    """A centre with its staff; never changed."""
    return found_centre(tmp_path_factory.mktemp("mau") / "trung-tam")


@pytest.mark.parametrize(
    "write",
    [
        lambda user: user.grants.add(RoleGrant.objects.exclude(user=user).first()),
        lambda user: user.grants.create(role=Role.BOARD),
        lambda user: user.save_base(force_update=True),
        lambda _user: User._base_manager.update(is_active=False),  # noqa: SLF001 - a way around
        lambda _user: RoleGrant._base_manager.all().delete(),  # noqa: SLF001 - the same
        lambda _user: LedgerLine.objects.filter(number=1).update(subject="x"),
        lambda _user: LedgerLine.objects.filter(number=1).delete(),
        lambda _user: LedgerLine(number=10**6, at="2026-01-01T00:00:00Z").save(),
    ],
)
@pytest.mark.usefixtures("staffed")
def test_a_write_outside_an_act_is_refused_whichever_way_it_takes(write):
    before = list(LedgerLine.objects.values_list()), list(RoleGrant.objects.values_list())
    user = User.objects.get(username=who("giao-vu").id)
    with pytest.raises(OutsideActError):
        write(user)
    after = list(LedgerLine.objects.values_list()), list(RoleGrant.objects.values_list())
    assert before == after
