"""Which notebooks are seen to need a real kernel before they run."""

from __future__ import annotations

import pytest
from code_course import EMPTY, code

from grading.code.kernel_choice import why_kernel


@pytest.mark.parametrize(
    "source",
    [
        "get_ipython().kernel.shell", "ip = get_ipython()\nip.kernel", "%connect_info\nx = 1",
        "getattr(get_ipython(), 'kernel')", "import ipykernel.comm", "from comm import create_comm",
        "if type(get_ipython()).__name__ == 'ZMQInteractiveShell':\n    print(1)",
        "import IPython\nIPython.get_ipython().kernel", "!ls\nget_ipython().kernel",
        "files = !ls\nif files:\n    %time x\n%connect_info",
        "%a\n" * 2000 + "get_ipython().kernel",
    ],
)  # fmt: skip
def test_code_that_only_a_kernel_can_run_is_known_beforehand(source):
    assert why_kernel(code("x = 1", source), EMPTY)


@pytest.mark.parametrize(
    "source",
    [
        "model.kernel", "get_ipython().user_ns", "kernel = 'rbf'", "%timeit 1", "(",
        "from . import comm", "# get_ipython().kernel", "getattr(x, 'kernel')", "1\0", "%",
        "get_ipython().magic('')",
    ],
)  # fmt: skip
def test_other_code_runs_without_a_kernel(source):
    assert why_kernel(code(source), EMPTY) == ""


@pytest.mark.parametrize(
    "source",
    ["%kernel\n" * 14_000, " " * 99_000 + "kernel", "kernel = 1\n" * 100_000, "(kernel" * 14_000],
    ids=["magics", "spaces", "a long notebook", "brackets"],
)
def test_code_made_to_keep_its_reader_busy_is_passed_over(source):
    assert why_kernel(code(source), EMPTY) == ""
