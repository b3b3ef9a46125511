"""Compiled: loops run as machine code where numba is installed, and as they are where it is not."""

import zlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
T = TypeVar("T")

try:
    from numba import njit  # type: ignore[import-not-found, unused-ignore]  # It has no types, and may not be there.
except ImportError:
    IS_COMPILED = False
else:
    IS_COMPILED = True


def compiled(function: Callable[P, T]) -> Callable[P, T]:
    """The function, compiled as part of those that call it."""
    return _made(function)


def inlined(function: Callable[P, T]) -> Callable[P, T]:
    """The function, copied into those that call it: for what takes many arrays and is called for every row."""
    return _made(function, inline="always")


def kept(function: Callable[P, T]) -> Callable[P, T]:
    """The function, compiled once and kept on disk.

    It is found again by its own file alone, though others are compiled into it: it has to hold a ``source_stamp``.
    """
    return _made(function, cache=True)


def _made(function: Callable[P, T], **options: object) -> Callable[P, T]:
    """Compiled without fast arithmetic, so that it rounds as Python does, and without counting references, since
    nothing is allocated: that makes it five times as fast.
    """
    if not IS_COMPILED:
        return function
    faster: Callable[P, T] = njit(nogil=True, error_model="numpy", _nrt=False, **options)(function)
    return faster


def source_stamp(*modules: ModuleType) -> int:
    """A number that changes with the text of these modules."""
    stamp = 0
    for module in modules:
        stamp = zlib.crc32(Path(module.__file__ or "").read_bytes(), stamp)
    return stamp


@compiled
def whole(number: np.generic | int) -> int:
    """A number with a sign and 64 bits: without it, compiled sums of unsigned and signed ones would be floats."""
    return np.int64(number)  # type: ignore[return-value]
