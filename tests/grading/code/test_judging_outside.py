# ruff: noqa: E501 - each test cell stays on as few lines as its source
"""Tests of every usual kind are judged outside the candidate's process, and rightly."""

from __future__ import annotations

import pytest

from grading.code.judge.splitting import why_inside
from grading.code.sandbox.limits import Limits
from grading.code.warm import WarmProcess

ANSWER = """
import collections
count = 5
names = ["an", "bình"]
class StackError(Exception):
    pass
class Stack:
    limit = 2
    def __init__(self):
        self.items = []
    def push(self, item):
        if len(self.items) == self.limit:
            raise StackError("đầy")
        self.items.append(item)
    def pop(self):
        return self.items.pop()
    def __len__(self):
        return len(self.items)
    def __eq__(self, other):
        return self.items == other.items
    __hash__ = None
def square(n):
    if n < 0:
        raise ValueError("âm")
    return n * n
def sort_in_place(items):
    items.sort()
def apply(function, items):
    return [function(item) for item in items]
def numbers():
    yield from (1, 2, 3)
def table():
    import pandas as pd
    return pd.DataFrame({"a": [1, 2]})
def vector():
    import numpy as np
    return np.array([1.0, 2.0])
def greet():
    print("Xin chào")
Point = collections.namedtuple("Point", "x y")
"""

PASSING = {
    "a plain assertion": "assert square(3) == 9",
    "a variable": "assert count == 5 and type(count) is int",
    "a chain of comparisons": "assert 8 < square(3) < 10",
    "a loop": "for n in range(5):\n    assert square(n) == n ** 2, f'sai ở {n}'",
    "a helper function": "def check(f, n, value):\n    assert f(n) == value\ncheck(square, 4, 16)",
    "unittest's helpers": "import unittest\nt = unittest.TestCase()\nt.assertEqual(square(2), 4)\n"
    "t.assertRaises(ValueError, square, -1)\nwith t.assertRaisesRegex(ValueError, 'âm'):\n    square(-1)",
    "numpy's helpers": "import numpy as np\nnp.testing.assert_allclose(vector(), [1, 2])",
    "pandas' helpers": "import pandas as pd\n"
    "pd.testing.assert_frame_equal(table(), pd.DataFrame({'a': [1, 2]}))",
    "try and except": "try:\n    square(-1)\nexcept ValueError:\n    pass\nelse:\n    raise AssertionError",
    "the candidate's own exception": "s = Stack()\ns.push(1); s.push(2)\ntry:\n    s.push(3)\n"
    "except StackError as error:\n    assert str(error) == 'đầy'\nelse:\n    raise AssertionError",
    "an object of the candidate's class": "s = Stack()\ns.push(7)\nassert len(s) == 1\n"
    "assert s.items == [7]\nassert s.pop() == 7\nassert isinstance(s, Stack)\nassert Stack.limit == 2",
    "two objects of that class": "assert Stack() == Stack()",
    "an argument changed in place": "items = [3, 1, 2]\nsort_in_place(items)\nassert items == [1, 2, 3]",
    "a function handed over": "assert apply(lambda x: x + 1, [1, 2]) == [2, 3]\n"
    "assert apply(str, [1]) == ['1']",
    "a generator": "assert list(numbers()) == [1, 2, 3]\nassert sum(numbers()) == 6",
    "a named tuple": "assert Point(1, 2) == (1, 2)\nassert Point(1, 2).x == 1",
    "what is printed": "import io\nfrom contextlib import redirect_stdout\nout = io.StringIO()\n"
    "with redirect_stdout(out):\n    greet()\nassert out.getvalue() == 'Xin chào\\n'",
    "nbgrader's autotests": "from hashlib import sha1\n"
    "assert sha1(str(type(names)).encode('utf-8')+b'x').hexdigest() == "
    "sha1(b\"<class 'list'>x\").hexdigest()\nassert str(sorted(map(str, names))) == \"['an', 'bình']\"",
    "callable and hasattr": "assert callable(square) and hasattr(Stack, 'push')\n"
    "assert not hasattr(Stack, 'peek')",
    "documentation": "assert square.__name__ == 'square'\nassert square.__doc__ is None",
}
FAILING = {
    "a wrong value": "assert square(3) == 10",
    "a wrong type": "assert type(count) is float",
    "a missing name": "assert cube(2) == 8",
    "an error that was not expected": "square(-1)",
    "an error that did not come": "import unittest\nunittest.TestCase().assertRaises(ValueError, square, 1)",
    "a wrong frame": "import pandas as pd\n"
    "pd.testing.assert_frame_equal(table(), pd.DataFrame({'a': [1, 3]}))",
    "something on stderr": "import sys\nprint('lỗi', file=sys.stderr)",
}
SHARED = {"square", "count"}


@pytest.fixture(scope="module")
def warm():
    with WarmProcess(limits=Limits(cell_seconds=20), libraries=("numpy", "pandas")) as process:
        process.start({}, 7, SHARED, {}, judged=True)
        outputs, _late, _signs = process.run(ANSWER, 1, 20)
        assert outputs == []
        yield process


def troubles(outputs):
    return [
        output
        for output in outputs
        if output["output_type"] == "error" or output.get("name") == "stderr"
    ]


@pytest.mark.parametrize("name", PASSING)
def test_a_right_answer_passes(warm, name):
    judged = warm.test(PASSING[name], 2, 20)
    assert (troubles(judged["outputs"]), judged["trouble"]) == ([], "")
    assert why_inside(PASSING[name]) == ""


@pytest.mark.parametrize("name", FAILING)
def test_a_wrong_answer_fails(warm, name):
    judged = warm.test(FAILING[name], 2, 20)
    assert troubles(judged["outputs"])


def test_a_final_value_is_partial_credit(warm):
    judged = warm.test("sum(0.25 for n in range(4) if square(n) == n * n)", 2, 20)
    assert judged["outputs"][0]["data"]["text/plain"] == "1.0"


@pytest.mark.parametrize(
    "source",
    [
        "%timeit square(1)", "get_ipython().run_cell('1')", "import inspect\ninspect.getsource(square)",
        "assert plt.gca()", "import matplotlib.pyplot as p", "assert eval('square(2)') == 4",
        "assert f(x) is x", "assert 'square(1)' in In[-1]", "await g()",
        "from unittest.mock import patch", "import pickle", "del square", "items[0] = 1", "f.x = 1",
        "np.random.seed(1)", "assert hasattr(v, '__add__')", "inventory.clear()",
        "class V2(V):\n    pass", "import solution_helper",
    ],
)  # fmt: skip
def test_what_needs_the_candidates_process_is_known_beforehand(source):
    assert why_inside(source)
