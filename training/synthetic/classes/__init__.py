"""Descriptions of the classes of documents. Each module has a tuple KINDS; held-out classes are in heldout.py alone."""
from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from ..kinds import Kind

MODULES = ('receipts', 'commerce', 'archive', 'media', 'freight', 'money', 'health', 'civic', 'office', 'travel', 'wild', 'heldout')


@lru_cache(maxsize=None)
def kinds() -> tuple[Kind, ...]:
    """Every class, held-out ones included; a module that is being written and fails to load is an error."""
    return tuple(kind for name in MODULES for kind in import_module(f'.{name}', __name__).KINDS)
