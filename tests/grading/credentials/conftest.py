"""One demonstration key, one register, and certificates really printed and signed."""

import datetime as dt
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from grading.credentials.register import (
    VIETNAM,
    Allocation,
    IssueRequest,
    IssuingOffice,
    certificate_path,
    enrol_key,
    issue,
)
from grading.records.database import open_records
from grading.records.schema import LedgerEntry, RegisterEntry
from sqlalchemy.orm import Session, sessionmaker

from grading.credentials.certificate import CertificateData, render_certificate, verification_text
from grading.credentials.keys import Signer, create_demo_key, load_signer
from grading.credentials.verification import Verification, verify

NOW = dt.datetime(2026, 2, 5, 9, 0, tzinfo=VIETNAM)
ISSUER = "Cục Chuyển đổi số quốc gia"

DATA = CertificateData(
    title="CHỨNG CHỈ",
    parent_body="Bộ Khoa học và Công nghệ",
    issuer=ISSUER,
    full_name="Nguyễn Thị Giả Định",
    birth_date=dt.date(1980, 3, 7),
    position="Giám đốc Trung tâm Công nghệ thông tin",
    agency="Sở Khoa học và Công nghệ tỉnh Giả Định",
    programme="Giám đốc Công nghệ thông tin trong cơ quan nhà nước",
    examined_on=dt.date(2026, 1, 9),
    place="Hà Nội",
    issued_on=dt.date(2026, 2, 5),
    signer_prefix="KT. Cục trưởng",
    signer_title="Phó Cục trưởng",
    signer_name="Trần Văn Mô Phỏng",
    serial="CIO-2026-00001",
    register_number="1/2026",
    verification_code="7K3M-9QXZ-T4WB-2XYZ",
    verification_text=verification_text(
        "CIO-2026-00001", "7K3M-9QXZ-T4WB-2XYZ", "https://vi-du.invalid/xac-minh"
    ),
    is_demo=True,
)


def request(number: int, revision: int = 1) -> IssueRequest:
    return IssueRequest(
        trainee_id=f"HV{number:03}",
        decision_id=f"QD-{number}",
        revision=revision,
        full_name=DATA.full_name,
        birth_date=DATA.birth_date,
        agency=DATA.agency,
        programme=DATA.programme,
    )


def printed(allocation: Allocation) -> bytes:
    code = allocation.verification_code
    data = replace(
        DATA,
        serial=allocation.serial,
        register_number=allocation.register_number,
        issued_on=allocation.issued_on,
        verification_code=code,
        verification_text=verification_text(allocation.serial, code, ""),
    )
    return render_certificate(data, NOW)


@dataclass
class House:
    """A register with its office, in one folder."""

    folder: Path
    records: sessionmaker[Session]
    office: IssuingOffice

    def issue(self, number: int, revision: int = 1, now: dt.datetime = NOW) -> RegisterEntry:
        """Issue to trainee ``number`` under decision ``number``."""
        with self.records() as session:
            return issue(session, request(number, revision), self.office, now)

    def file(self, serial: str) -> Path:
        """The original of ``serial``."""
        return certificate_path(self.office.folder, serial)

    def check(self, path: Path) -> Verification:
        """Verify ``path`` a day after issuing."""
        with self.records() as session:
            return verify(path, session, NOW + dt.timedelta(days=1))

    def entries(self) -> list[RegisterEntry]:
        """All entries, by serial."""
        with self.records() as session:
            found = session.query(RegisterEntry).order_by(RegisterEntry.serial).all()
            session.expunge_all()
            return found

    def ledger(self) -> list[tuple[str, str]]:
        """Kind and subject of every line, in order."""
        with self.records() as session:
            lines = session.query(LedgerEntry).order_by(LedgerEntry.number)
            return [(line.kind, line.subject) for line in lines]

    def close(self) -> None:
        """Let go of the database file."""
        self.records.kw["bind"].dispose()


def open_house(folder: Path, signer: Signer) -> House:
    records = open_records(f"sqlite:///{folder}/records.db")
    with records() as session:
        enrol_key(session, signer, NOW)
    return House(folder, records, IssuingOffice(signer, printed, folder / "certificates"))


@pytest.fixture(scope="session")
def key_file(tmp_path_factory):
    return create_demo_key(tmp_path_factory.mktemp("keys"), ISSUER, NOW)


@pytest.fixture(scope="session")
def signer(key_file):
    return load_signer(key_file)


@pytest.fixture
def new_house(signer):
    return lambda folder: open_house(folder, signer)


@pytest.fixture
def house(tmp_path, new_house):
    opened = new_house(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def issuing_house(tmp_path_factory, signer):
    """A house that has issued certificate 1; tests that share it change nothing."""
    opened = open_house(tmp_path_factory.mktemp("house"), signer)
    opened.issue(1)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def data():
    return DATA


@pytest.fixture(scope="session")
def request_for():
    return request


@pytest.fixture(scope="session")
def now():
    return NOW


@pytest.fixture(scope="session")
def tool():
    """The path of a command, or a skip that says which one is missing."""

    def find(name):
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"chưa cài {name}")
        return path

    return find
