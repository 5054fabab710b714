"""The same check for programs: JSON, described by an OpenAPI document made of the same model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel

from centre.portal.access import public
from centre.portal.public.checks import LARGEST, check_code, check_file, too_often
from centre.portal.uploads import largest
from grading.credentials.verification import Verdict

if TYPE_CHECKING:
    from django.http import HttpRequest

    from grading.credentials.verification import Verification

_STATUS = {Verdict.UNKNOWN: 404, Verdict.UNCHECKED: 503}


class Certified(BaseModel):
    """What is certified; never birth date or scores, and the name masked."""

    serial: str
    masked_name: str
    programme: str
    issued_on: str
    issuer: str
    register_number: str
    is_demo: bool
    revoked_on: str | None
    revocation_reason: str
    replaced_by: str


class Answer(BaseModel):
    """What a check found; facts for what is or was an original alone."""

    verdict: Literal["VALID", "NOT_ORIGINAL", "REVOKED", "UNKNOWN", "UNCHECKED", "REPLACED"]
    explanation: str
    checked_at: str
    register_described: str
    name_matches: bool | None
    facts: Certified | None


class Problem(BaseModel):
    """Why nothing was checked."""

    detail: str


@public
def by_code(request: HttpRequest, serial: str) -> HttpResponse:
    """Check a print by serial, code and, if it is given, name."""
    if request.method != "GET":
        return _not_allowed("GET")
    code = request.GET.get("code", "")
    if not code:
        return _problem(400, "Thiếu tham số “code” (mã xác minh).")
    if too_often(request):
        return _problem(429, "Hỏi quá nhiều lần; chờ một phút.")
    return _answer(check_code(serial[:40], code[:40], request.GET.get("name", "")[:200], "api"))


@csrf_exempt  # who signed in makes no difference here
@largest(LARGEST)
@public
def by_file(request: HttpRequest) -> HttpResponse:
    """Check a file, sent as the body."""
    if request.method != "POST":
        return _not_allowed("POST")
    if request.content_type != "application/pdf":
        return _problem(415, "Gửi tệp PDF làm thân của yêu cầu, kiểu application/pdf.")
    if not request.body:
        return _problem(400, "Thân của yêu cầu rỗng; gửi tệp PDF.")
    if too_often(request):
        return _problem(429, "Hỏi quá nhiều lần; chờ một phút.")
    return _answer(check_file(request.body, "api"))


@public
def described(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return JsonResponse(document()) if request.method == "GET" else _not_allowed("GET")


def _answer(found: Verification) -> HttpResponse:
    facts = found.facts
    told = Answer(
        verdict=found.verdict.name,
        explanation=found.explanation,
        checked_at=found.checked_at.isoformat(),
        register_described=found.register,
        name_matches=found.name_matches,
        facts=None
        if facts is None
        else Certified(
            serial=facts.serial,
            masked_name=facts.masked_name,
            programme=facts.programme,
            issued_on=facts.issued_on.isoformat(),
            issuer=facts.issuer,
            register_number=facts.register_number,
            is_demo=facts.is_demo,
            revoked_on=facts.revoked_on.isoformat() if facts.revoked_on else None,
            revocation_reason=facts.revocation_reason,
            replaced_by=facts.replaced_by,
        ),
    )
    answer = JsonResponse(told.model_dump(), status=_STATUS.get(found.verdict, 200))
    answer["Cache-Control"] = "no-store"
    return answer


def _problem(status: int, detail: str) -> HttpResponse:
    return JsonResponse(Problem(detail=detail).model_dump(), status=status)


def _not_allowed(method: str) -> HttpResponse:
    answer = _problem(405, f"Chỉ nhận {method}.")
    answer["Allow"] = method
    return answer


def document() -> dict[str, Any]:
    """What a program needs to know to ask."""
    schemas: dict[str, Any] = {}
    for model in (Answer, Problem):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {})
        schemas[model.__name__] = schema
    answers = {"200": "Answer", "404": "Answer", "503": "Answer", "429": "Problem"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tra cứu chứng chỉ", "version": "1"},
        "paths": {
            "/api/v1/certificates/{serial}": {
                "get": {
                    "operationId": "checkByCode",
                    "summary": "Kiểm tra bản in: số hiệu, mã xác minh, họ tên (không bắt buộc)",
                    "parameters": [
                        _parameter("serial", "path"),
                        _parameter("code", "query"),
                        _parameter("name", "query") | {"required": False},
                    ],
                    "responses": _responses(answers | {"400": "Problem"}),
                }
            },
            "/api/v1/certificates/": {
                "post": {
                    "operationId": "checkFile",
                    "summary": "Kiểm tra tệp PDF",
                    "requestBody": {
                        "required": True,
                        "content": {
                            "application/pdf": {"schema": {"type": "string", "minLength": 1}}
                        },
                    },
                    "responses": _responses(answers | {"400": "Problem", "415": "Problem"})
                    | {"413": {"description": "Tệp quá lớn"}},
                }
            },
        },
        "components": {"schemas": schemas},
    }


def _parameter(name: str, where: str) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1, "maxLength": 200}
    return {"name": name, "in": where, "required": True, "schema": schema}


def _responses(known: dict[str, str]) -> dict[str, Any]:
    return {
        status: {
            "description": name,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
        }
        for status, name in known.items()
    }
