"""Who acts: the machine's own account, or a name with its password; nobody by word alone."""

import pytest
from sittings import DECIDED_ON, act

from centre.accounts import users
from centre.accounts.actors import RESERVED
from centre.accounts.permissions import Role
from centre.accounts.users import acting, add_user, grant_role, the_user, withdraw_role
from courses.foundation.errors import CentreError, DeniedError

PASSWORD = "mat-khau-dai-va-gia-dinh"  # noqa: S105 - opens nothing but the test's own centre


@pytest.fixture
def secretary(sitting):
    """A user with a password and no account of the machine."""
    options = {"password": PASSWORD, "now": DECIDED_ON}
    assert sitting.enrolments()
    return act(add_user, "quan-tri", "thu-ky", [Role.OFFICER], **options)


def test_a_name_needs_its_password_and_the_refusal_does_not_say_which_was_wrong(secretary):
    actor = acting(secretary.username, PASSWORD)
    assert (actor.id, actor.roles) == ("thu-ky", {Role.OFFICER})
    said = set()
    for name, password in (("thu-ky", "sai"), ("thu-ky", None), ("khong-co", PASSWORD)):
        with pytest.raises(DeniedError) as refused:
            acting(name, password)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_user_without_a_password_is_not_let_in_by_an_empty_one(sitting):
    assert sitting.enrolments()
    for password in ("", None, "!"):
        with pytest.raises(DeniedError):
            acting("giao-vu", password)


@pytest.mark.usefixtures("sitting")
def test_at_the_machine_its_own_account_says_who_acts(monkeypatch):
    monkeypatch.setattr(users, "machine_account", lambda: "GK1")
    assert acting().id == "GK1"
    monkeypatch.setattr(users, "machine_account", lambda: "nguoi-la")
    with pytest.raises(DeniedError, match="tài khoản máy “nguoi-la” không gắn"):
        acting()


def test_a_role_withdrawn_is_gone_at_once_and_may_be_given_again(secretary):
    act(withdraw_role, "quan-tri", "thu-ky", Role.OFFICER, now=DECIDED_ON)
    assert acting("thu-ky", PASSWORD).roles == set()
    assert act(grant_role, "quan-tri", "thu-ky", Role.OFFICER, now=DECIDED_ON)
    assert acting("thu-ky", PASSWORD).roles == {Role.OFFICER}
    assert secretary.grants.count() == 2


@pytest.mark.usefixtures("sitting")
def test_a_user_there_is_not_is_named():
    with pytest.raises(CentreError, match="không có người dùng khong-co"):
        the_user("khong-co")


@pytest.mark.usefixtures("sitting")
def test_nobody_is_given_the_name_of_one_of_the_houses_own_actors():
    for name in RESERVED:
        with pytest.raises(CentreError, match="dành cho hệ thống"):
            act(add_user, "quan-tri", name, [Role.OFFICER], now=DECIDED_ON)
