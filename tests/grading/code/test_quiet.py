"""Which functions of a candidate's may be called without a copy of its process."""

from __future__ import annotations

import builtins
import os
import socket
import threading
from types import FunctionType, SimpleNamespace

import pytest

from grading.code.candidate.channel import Channel
from grading.code.candidate.copies import Copies
from grading.code.candidate.quiet import is_quiet

SOURCE = """
import math, random, sys, warnings
import collections as c
from collections import Counter
from math import sqrt
seen, memory, LIMIT, PAIR = [], {}, 5, (1, (2.0, "x"))
class Box:
    count = 0
    def __init__(self, value):
        self.value = value
def fibonacci(n): return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)
def is_prime(n): return n > 1 and all(n % d for d in range(2, int(math.sqrt(n)) + 1))
def hypotenuse(a, b): return sqrt(a * a + b * b)
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
def words(text):
    found = {}
    for word in text.lower().split():
        found[word] = found.get(word, 0) + 1
    return found
def counted(text): return c.Counter(text), Counter(text)
def multiples(n, step=LIMIT, *, pair=PAIR):
    for i in range(n):
        yield i * step * LIMIT
def checked(n):
    if n < 0:
        raise ValueError("n")
    try:
        return [i for i in range(n) if i > LIMIT][0]
    except IndexError as error:
        return str(error)
def worded(a): return f"{a:.2f} {a!r}" + "-".join(str(x) for x in PAIR)
def in_order(items):
    items.sort(key=lambda x: -x)
    return items
def counting():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step() + step()
def unknown(n): return no_such_name + n

def remembers(n): seen.append(n); return n
def remembers_in_dict(n):
    if n not in memory: memory[n] = n
    return memory[n]
def default(n, kept=[]): kept.append(n); return kept
def keyword_default(n, *, kept={}): kept[n] = 1
def draws(): return random.random()
def raises_limit(): sys.setrecursionlimit(99)
def sets_global():
    global LIMIT
    LIMIT += 1
def sets_attribute(): sets_attribute.n = 1
def prints(): print(1)
def writes(): open("x", "w")
def makes(n): return Box(n)
def keeps_module(): return math
def reaches_frame(): return (i for i in ()).gi_frame.f_globals
def reaches_globals(): return odd.__globals__
def imports(): import os; return os
def defines():
    class Other: pass
    return Other
def asks(): return input()
def evaluates(): return eval("seen.append(1)")
def inverts(n): return ~n
def through_another(n): return remembers(n)
def deep(n): return [[(lambda: seen.append(n))]]
def with_file():
    with open("x"): pass
def made():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step
step = made()
def steps(): return step()
def has_state(): return 1
has_state.calls = 0
mine = sum
def shadowed(items): return mine(items)
"""
QUIET = (
    "fibonacci", "is_prime", "hypotenuse", "even", "odd", "words", "counted", "multiples",
    "checked", "worded", "in_order", "counting", "unknown", "made", "shadowed",
)  # fmt: skip
OTHER = (
    "remembers", "remembers_in_dict", "default", "keyword_default", "draws", "raises_limit",
    "sets_global", "sets_attribute", "prints", "writes", "makes", "keeps_module", "reaches_frame",
    "reaches_globals", "imports", "defines", "asks", "evaluates", "inverts", "through_another",
    "deep", "with_file", "step", "steps", "has_state", "Box", "sqrt", "seen",
)  # fmt: skip


@pytest.fixture
def names():
    found = {}
    exec(SOURCE, found)  # noqa: S102 - our own
    return found


@pytest.mark.parametrize("name", QUIET)
def test_what_works_on_its_arguments_alone_is_quiet(names, name):
    assert is_quiet(names[name], names)


@pytest.mark.parametrize("name", OTHER)
def test_what_may_reach_anything_else_is_not(names, name):
    assert not is_quiet(names[name], names)


def test_a_function_over_a_replaced_builtin_is_not(names, monkeypatch):
    monkeypatch.setattr("builtins.range", lambda *_: [])
    assert not is_quiet(names["is_prime"], names)
    assert is_quiet(names["odd"], names)


def test_code_that_holds_by_hand_what_no_compiler_puts_there_is_not(names):
    function, inner = names["fibonacci"], names["odd"].__code__
    held = (names["seen"], inner.replace(co_consts=(*inner.co_consts, names["seen"])), os.system)
    for one in held:
        constants = (*function.__code__.co_consts, one)
        code = function.__code__.replace(co_consts=constants)
        assert not is_quiet(FunctionType(code, names), names)


def test_a_function_with_builtins_of_its_own_is_not():
    names = {"__builtins__": {**vars(builtins), "len": print}}
    exec("def count(items): return len(items)", names)  # noqa: S102 - our own
    assert not is_quiet(names["count"], names)


def test_a_choice_among_constants_is_quiet():
    names = {}
    exec("def vowel(c): return c in {'a', 'e'} or c[0:...] is ...", names)  # noqa: S102 - our own
    assert is_quiet(names["vowel"], names)


def test_none_is_when_a_deeper_recursion_is_allowed(names, monkeypatch):
    monkeypatch.setattr("sys.getrecursionlimit", lambda: 1_000_000)
    assert not is_quiet(names["odd"], names)


def test_a_function_of_other_globals_is_not(names):
    assert not is_quiet(names["odd"], dict(names))


@pytest.fixture
def judge(names):
    """A judge's end of a conversation, and the forks of the other."""
    near, far = socket.socketpair()
    with near, far:
        shell = SimpleNamespace(user_ns=names)
        runner = SimpleNamespace(shell=shell, begin=lambda _number: None, taken=list)
        copies = Copies(runner, Channel(far))
        thread = threading.Thread(target=copies.answer)
        thread.start()
        channel = Channel(near)
        assert channel.ask({"op": "split", "n": 1}, 5) == {"n": 1}
        yield channel
        thread.join(5)
        assert not thread.is_alive()


def _call(name, value, number):
    return {"op": "call", "f": {"t": "ref", "v": name}, "args": [value], "kwargs": {}, "n": number}


def test_a_test_of_quiet_answers_alone_needs_no_copy(judge, monkeypatch):
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a copy"))
    function = judge.ask({"op": "name", "name": "fibonacci", "n": 2}, 5)["v"]["v"]
    assert judge.ask(_call(function, 10, 3), 5)["v"] == 55
    assert judge.ask({"op": "name", "name": "PAIR", "n": 4}, 5)["v"]["t"] == "tuple"
    assert judge.ask({"op": "end", "held": [], "n": 5}, 5) == {"changed": False, "n": 5}


def test_a_copy_goes_on_where_a_question_may_change_something(names, judge):
    quiet = judge.ask({"op": "name", "name": "fibonacci", "n": 2}, 5)["v"]["v"]
    other = judge.ask({"op": "name", "name": "remembers", "n": 3}, 5)["v"]["v"]
    assert judge.ask(_call(other, 7, 4), 5)["v"] == 7
    assert judge.ask({"op": "name", "name": "seen", "n": 5}, 5)["v"] == [7]
    assert judge.ask(_call(quiet, 7, 6), 5)["v"] == 13
    assert judge.ask({"op": "end", "held": [], "n": 7}, 5)["n"] == 7
    assert names["seen"] == []
