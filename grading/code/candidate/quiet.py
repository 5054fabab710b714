"""Functions that leave the process as it was: they may be called without a copy of it.

Quiet is what can reach nothing but its arguments, plain constants, other quiet functions, and of
Python what takes data and gives data. Whatever is not known to be is not: a copy is always right,
and only costs time.
"""

from __future__ import annotations

import builtins
import cmath
import collections
import dis
import itertools
import math
import string
import sys
import types
from typing import Any, NamedTuple

_PLAIN = (bool, int, float, complex, str, bytes, type(None))
_BUILTINS = (
    "abs", "all", "any", "ascii", "bin", "bool", "bytearray", "bytes", "chr", "complex", "dict",
    "divmod", "enumerate", "filter", "float", "format", "frozenset", "hex", "int", "isinstance",
    "iter", "len", "list", "map", "max", "min", "next", "oct", "ord", "pow", "range", "repr",
    "reversed", "round", "set", "slice", "sorted", "str", "sum", "tuple", "type", "zip",
)  # fmt: skip
_ERRORS = tuple(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, Exception)
)
_MODULES = (math, cmath, collections, itertools, string)
_IDS = {id(module) for module in _MODULES}
# Python's own that is quiet, by identity: what stands in its place need not be.
_KNOWN: dict[int, Any] = {
    id(value): value
    for value in (
        *(getattr(builtins, name) for name in (*_BUILTINS, *_ERRORS)),
        *(value for module in _MODULES for value in vars(module).values()),
    )
    if isinstance(value, type | types.BuiltinFunctionType)
}
# Instructions by how their names begin, so that those of a later Python are known or refused.
_INSTRUCTIONS = (
    "BINARY_", "BUILD_", "CACHE", "CALL", "CHECK_EXC", "COMPARE_", "CONTAINS_", "CONVERT_",
    "COPY", "DELETE_FAST", "DELETE_SUBSCR", "DICT_", "END_FOR", "END_SEND", "EXTENDED_ARG",
    "FORMAT_", "FOR_", "GET_ITER", "GET_LEN", "GET_YIELD", "IS_", "JUMP_", "KW_NAMES", "LIST_",
    "LOAD_ASSERTION", "LOAD_ATTR", "LOAD_CLOSURE", "LOAD_COMMON", "LOAD_CONST", "LOAD_DEREF",
    "LOAD_FAST", "LOAD_GLOBAL", "LOAD_METHOD", "LOAD_SMALL", "MAKE_", "MAP_", "NOP", "NOT_TAKEN",
    "POP_", "PRECALL", "PUSH_", "RAISE_", "RERAISE", "RESUME", "RETURN_", "SEND", "SET_ADD",
    "SET_FUNCTION", "SET_UPDATE", "STORE_DEREF", "STORE_FAST", "STORE_SLICE", "STORE_SUBSCR",
    "SWAP", "TO_BOOL", "UNARY_NEG", "UNARY_NOT", "UNARY_POS", "UNPACK_", "YIELD_",
)  # fmt: skip
# Ways from a running frame to everything else.
_FRAMES = ("_", "ag_", "cr_", "f_", "gi_", "tb_")
_DEEPEST = sys.getrecursionlimit()

_Use = tuple[str, str]  # a global name, and what is taken of it at once
_uses: dict[types.CodeType, frozenset[_Use] | None] = {}


def is_quiet(function: Any, names: dict[str, Any]) -> bool:
    """Whether a call with plain data changes nothing in this process, where ``names`` are global.

    A recursion deeper than Python allows by itself may end the process: none is quiet then.
    """
    if sys.getrecursionlimit() > _DEEPEST or sys.gettrace() or sys.getprofile():
        return False
    return _Search(names, set()).function(function)


class _Search(NamedTuple):
    names: dict[str, Any]
    seen: set[int]

    def function(self, found: Any) -> bool:
        if type(found) is not types.FunctionType:
            return False
        if id(found) in self.seen:
            return True
        self.seen.add(id(found))
        bare = found.__closure__ is None and not found.__dict__ and self.same_names(found)
        defaults = (*(found.__defaults__ or ()), *(found.__kwdefaults__ or {}).values())
        uses = _read(found.__code__) if bare and all(map(_is_plain, defaults)) else None
        return uses is not None and all(self.use(*use) for use in uses)

    def same_names(self, found: Any) -> bool:
        """A module that brings builtins of its own is run with them, whatever Python's are."""
        mine = found.__globals__ is self.names
        return mine and found.__builtins__ is vars(builtins)

    def use(self, name: str, attribute: str) -> bool:
        value = self.names.get(name, vars(builtins).get(name))
        if id(value) in _IDS:
            value = getattr(value, attribute, value)
        return _is_plain(value) or id(value) in _KNOWN or self.function(value)


def _is_plain(value: Any) -> bool:
    """Whether a value is data that nobody can change."""
    return type(value) in _PLAIN or (type(value) is tuple and all(map(_is_plain, value)))


def _is_constant(value: Any) -> bool:
    """Whether Python itself would have put it into code; by hand anything can be."""
    return (
        _is_plain(value)
        or value is ...
        or (type(value) is types.CodeType and all(map(_is_constant, value.co_consts)))
        or (type(value) is frozenset and all(map(_is_plain, value)))
    )


def _read(code: types.CodeType) -> frozenset[_Use] | None:
    """The global names that code uses; None when it does more than work on values."""
    if not all(map(_is_constant, code.co_consts)):  # nor has it to be hashed
        return None
    if code not in _uses:
        _uses[code] = _read_anew(code)
    return _uses[code]


def _read_anew(code: types.CodeType) -> frozenset[_Use] | None:
    found: set[_Use] = set()
    instructions = list(dis.get_instructions(code))
    for number, instruction in enumerate(instructions):
        name, argument = instruction.opname, instruction.argval
        if not name.startswith(_INSTRUCTIONS):
            return None
        if name in ("LOAD_ATTR", "LOAD_METHOD") and argument.startswith(_FRAMES):
            return None
        if name == "LOAD_GLOBAL":
            follower = instructions[number + 1]
            taken = follower.opname in ("LOAD_ATTR", "LOAD_METHOD")
            found.add((argument, follower.argval if taken else ""))
        if isinstance(argument, types.CodeType):
            inner = _read(argument)
            if inner is None:
                return None
            found |= inner
    return frozenset(found)
