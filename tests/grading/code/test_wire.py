"""Whatever comes over the wire, the judge makes only what its own tables hold."""

from __future__ import annotations

import builtins
import contextlib
import importlib
import json
import socket
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.code.candidate.channel import Channel, ChannelError, DeadlineError
from grading.code.candidate.values import NamedRow, UnknownValueError, decode
from grading.code.judge.errors import JudgingError
from grading.code.judge.link import Link
from grading.code.judge.proxies import Proxy
from grading.code.replies import StoppedError, bounded, read_reply

NAMES = st.sampled_from(
    ["os", "system", "builtins", "numpy.f2py.__main__", "__main__", "SystemExit", "eval", "ref",
     "exec", "judge", "named", "type", "namedtuple", "np.array", "pd.frame", "pd.items",
     "datetime", "module", "class", "exception", "callable", "object", "antigravity", "int"]
)  # fmt: skip
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | NAMES
KEYS = st.sampled_from(
    ["t", "v", "kind", "bases", "e", "args", "text", "object", "mut", "cb", "kwargs", "out", "n",
     "gone", "effect", "changed"]
)  # fmt: skip
FORMS = st.recursive(
    PLAIN, lambda i: st.lists(i, max_size=4) | st.dictionaries(KEYS, i, max_size=5), max_leaves=14
)


def refuse(_data):
    raise UnknownValueError


@given(FORMS)
def test_decoding_makes_a_value_or_refuses_and_imports_nothing(form):
    before = set(sys.modules)
    with contextlib.suppress(UnknownValueError):
        decode(form, refuse)
    assert set(sys.modules) - before <= {"grading.code.candidate.arrays"}


def asked(link):
    """What a test would see: a value, the candidate's error, or nothing."""
    try:
        return link.ask("getattr", 1, "x")
    except JudgingError:
        return None
    except BaseException as error:  # noqa: BLE001 - a candidate may raise anything
        return error


class Answering:
    """A channel whose other side answers every question alike."""

    def __init__(self, reply):
        self.reply = reply

    def ask(self, _message):
        """Answer."""
        return self.reply

    def receive(self):
        """No more comes."""
        raise ChannelError


@given(FORMS | st.fixed_dictionaries({"v": FORMS}) | st.fixed_dictionaries({"e": FORMS}))
def test_a_question_has_an_answer_or_an_error_that_a_judge_expects(reply):
    link = Link(Answering(json.loads(json.dumps(reply))))
    link.begin()
    before = set(sys.modules)
    value = asked(link)
    if isinstance(value, BaseException):
        assert type(value).__module__ in ("builtins", "grading.code.judge.failures")
        assert not isinstance(value, SystemExit | KeyboardInterrupt | GeneratorExit)
    assert not isinstance(value, type(sys))
    assert not callable(value) or isinstance(value, Proxy | type)
    assert set(sys.modules) - before <= {"grading.code.candidate.arrays"}


@pytest.mark.parametrize("name", ["numpy.f2py.__main__", "antigravity", "os", "__main__"])
def test_a_module_is_a_handle_whatever_its_name(name, monkeypatch):
    monkeypatch.setattr(importlib, "import_module", pytest.fail)
    monkeypatch.setattr(builtins, "__import__", builtins.__import__)
    link = Link(Answering({"v": {"t": "ref", "v": 0, "kind": "module", "name": name}}))
    link.begin()
    assert isinstance(link.name("square"), Proxy)


def test_a_named_tuple_of_theirs_is_one_class_of_ours():
    row = decode({"t": "namedtuple", "v": ["os.system", ["x"], [1]]}, refuse)
    assert (type(row), row.x, row) == (NamedRow, 1, (1,))


@given(FORMS)
def test_a_reply_of_a_candidates_process_is_outputs_or_the_end_of_it(reply):
    with contextlib.suppress(StoppedError):
        outputs, signs = read_reply(reply)
        assert isinstance(outputs, list)
        assert isinstance(signs, frozenset)


def test_outputs_are_bounded_whatever_a_process_sends():
    output = {"output_type": "stream", "name": "stdout", "text": "x" * 900_000}
    kept = bounded([dict(output) for _ in range(40)], 1 << 20)
    assert sum(len(o["text"]) for o in kept) < 3 << 20


def test_sending_to_one_who_does_not_read_has_an_end():
    near, far = socket.socketpair()
    with far:
        channel = Channel(near)
        begin = time.monotonic()
        with pytest.raises(DeadlineError):
            channel.send({"source": "#" * 5_000_000}, seconds=0.2)
        assert time.monotonic() - begin < 5
        channel.close()


def test_a_message_larger_than_the_sockets_room_arrives_while_it_is_read():
    near, far = socket.socketpair()
    sender, receiver = Channel(near), Channel(far)
    thread = threading.Thread(target=sender.send, args=({"x": "y" * 3_000_000},))
    thread.start()
    assert len(receiver.receive(10)[0]["x"]) == 3_000_000
    thread.join()
    sender.close()
    receiver.close()
