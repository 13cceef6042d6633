"""The only writers of people. Each is called within the gate, on a record that is open for a change, and notes what it did.

Bulk comes by `people.taking`, for the system alone.
"""

from __future__ import annotations

from goldthread.people.actions.keeping import (
    add,
    add_person,
    add_residence,
    begin_child,
    give_responsibility,
    hide_address,
    let_belong,
    relate,
    set_vitals,
    show_address,
    suppress,
)
from goldthread.people.actions.merging import merge, unmerge
from goldthread.people.actions.writing import correct, end, strike_out

__all__ = [
    "add",
    "add_person",
    "add_residence",
    "begin_child",
    "correct",
    "end",
    "give_responsibility",
    "hide_address",
    "let_belong",
    "merge",
    "relate",
    "set_vitals",
    "show_address",
    "strike_out",
    "suppress",
    "unmerge",
]
