"""One demonstration key, and a certificate as data."""

import datetime as dt
import shutil

import pytest

from grading.credentials.certificate import CertificateData, verification_text
from grading.credentials.keys import create_demo_key, load_signer

NOW = dt.datetime(2026, 2, 5, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
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
    examined="Năng lực quản lý; Kỹ năng hệ thống, kỹ thuật; Bài tổng hợp",
    kept="Kỹ năng mềm",
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


@pytest.fixture(scope="session")
def key_file(tmp_path_factory):
    return create_demo_key(tmp_path_factory.mktemp("keys"), ISSUER, NOW)


@pytest.fixture(scope="session")
def signer(key_file):
    return load_signer(key_file)


@pytest.fixture(scope="session")
def data():
    return DATA


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
