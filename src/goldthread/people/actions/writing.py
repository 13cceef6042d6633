"""How a fact is added, changed, ended and struck out: nothing is overwritten, and no change of another's is lost.

Whoever changes a row names the one that she had before her. If it was replaced meanwhile she is told what now stands.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from goldthread.access.gate import Changing
from goldthread.access.vocabulary import Act
from goldthread.kernel.errors import Conflict, NotFound, NotNow
from goldthread.people import indexing, texts
from goldthread.people.actions.sorts import SORTS, Sort
from goldthread.people.models import Hiding, Membership, Person, Residence
from goldthread.people.queries.circle import When, circle

GONE = "Someone has removed this meanwhile."
NOT_HERE = "There is nobody of this sort in the record."
HER_OWN = "This child has a record of her own. Open it, and change it there."
WHY = "Say why."


def allowed(changing: Changing, person: int, *, own_too: bool = False) -> int:
    """This will give a person who may be changed by way of a record, by the id she is held under, or refuse.

    She must belong to the record and may not be kept back from whoever acts. A child with a record of her own is changed
    there; with `own_too`, something that joins her to others may be said here.
    """
    found = circle(changing, When(changing.on), all_times=True).by_row.get(person)
    if found is None:
        raise NotFound(NOT_HERE)
    if found.record is not None and not own_too:
        raise NotNow(HER_OWN)
    return person


def write(
    changing: Changing, sort: Sort, owner: int, said: dict[str, Any], *, because: str = "", old: Any = None
) -> Any:
    """This will write a row, in the place of another if there is one, and note it for the audit."""
    values = {name: said[name] for name in said}
    if old is not None:
        _supersede(changing, sort, old)
    made = sort.model.objects.create(
        **{sort.owner: owner},
        **values,
        recorded_at=changing.at,
        recorded_by=changing.by.id or None,
        replaces=old,
        changed_because=because,
    )
    before = None if old is None else _fields(old, said)
    note(changing, sort.name, made.pk, before=before, after=said, because=because)
    if sort.name in ("name", "vitals"):
        indexing.reindex([owner])
    return made


def strike_out(changing: Changing, *, sort: str, row: int, because: str) -> None:
    """This will take back what was recorded by mistake; it stays to be asked as it was known."""
    kind = SORTS[sort]
    because = texts.said(because, 500, "because", needed=WHY)
    old = at_hand(changing, kind, row, {})
    if sort == "membership" and old.capacity == "subject":
        raise NotNow("A record is of the child it was begun for.")
    if sort == "vitals":
        raise NotNow("Correct what is known of the birth instead.")
    _supersede(changing, kind, old)
    sort_fields = {field.attname for field in kind.model._meta.concrete_fields} - _OF_EVERY_ROW
    note(changing, sort, row, before=_fields(old, sort_fields), after=None, because=because)
    if sort == "name":
        indexing.reindex([old.person_id])


_OF_EVERY_ROW = {
    "id", "recorded_at", "recorded_by", "replaces_id", "changed_because", "superseded_at", "superseded_by",
}  # fmt: skip


def end(changing: Changing, *, sort: str, row: int, until_on: date, because: str = "") -> Any:
    """This will end a fact on a day: the first on which it no longer holds."""
    return correct(changing, sort=sort, row=row, because=because, until_on=until_on, needed=False)


def correct(changing: Changing, *, sort: str, row: int, because: str, needed: bool = True, **fields: Any) -> Any:
    """This will put a row with other fields in the place of one; those that are not named stay as they are.

    Raises `Conflict` with both texts where it was replaced meanwhile.
    """
    kind = SORTS[sort]
    because = texts.said(because, 500, "because", needed=WHY if needed else "")
    old = at_hand(changing, kind, row, fields)
    names = {field.attname for field in kind.model._meta.concrete_fields} - _OF_EVERY_ROW - {kind.owner}
    if not fields.keys() <= names:
        raise TypeError(f"There is no {', '.join(sorted(fields.keys() - names))} of a {sort}.")
    joined = {name: fields[name] for name in ("other_id", "holder_id") if fields.get(name) is not None}
    for person in joined.values():
        allowed(changing, person, own_too=True)
    said = {**_fields(old, names), **fields}
    if sort == "membership" and old.capacity == "subject":
        raise NotNow("A record is of the child it was begun for.")
    if fields.get("record_id", old.record_id if sort == "membership" else None) not in (None, *changing.records):
        raise NotFound(NOT_HERE)
    return write(changing, kind, getattr(old, kind.owner), kind.clean(said), because=because, old=old)


def at_hand(changing: Changing, sort: Sort, row: int, yours: dict[str, Any]) -> Any:
    """This will give the row that someone had before her, locked, if it still stands and is hers to change."""
    old = sort.model.objects.select_for_update().filter(pk=row).first()
    if old is None:
        raise NotFound(GONE)
    _check_hers(changing, sort, old)
    if old.superseded_at is None:
        return old
    latest = old
    while (following := sort.model.objects.filter(replaces=latest.pk).first()) is not None:
        latest = following
    if latest.superseded_at is not None:
        raise NotFound(GONE)
    raise Conflict(theirs=_fields(latest, yours), yours=yours, version=latest.pk)


def _check_hers(changing: Changing, sort: Sort, old: Any) -> None:
    if isinstance(old, Membership):
        if old.record_id not in changing.records:
            raise NotFound(NOT_HERE)
        allowed(changing, old.person_id, own_too=True)
    elif isinstance(old, Hiding):
        check_lived_at(changing, old.address_id)
        changing.check(Act.SEE_SENSITIVE)
    else:
        joins = sort.name in ("relationship", "responsibility")
        allowed(changing, getattr(old, sort.owner), own_too=joins)
        if sort.name == "relationship":
            allowed(changing, old.other_id, own_too=True)
        if sort.name == "responsibility" and old.holder_id is not None:
            allowed(changing, old.holder_id, own_too=True)
        hidden = sort.name == "identifier" and old.suppressed_because
        if hidden or (sort.name == "residence" and is_hidden(changing, old.address_id)):
            changing.check(Act.SEE_SENSITIVE)


def is_hidden(changing: Changing, address: int) -> bool:
    """This will say whether an address is kept back from those without need."""
    rows = Hiding.objects.known().filter(address=address).exclude(until_on__lte=changing.on)
    return bool(rows.exists())


def check_lived_at(changing: Changing, address: int) -> None:
    """This will refuse an address where nobody lives or lived who belongs to the record and may be known of."""
    people = list(circle(changing, When(changing.on), all_times=True).by_row)
    if not Residence.objects.known().filter(address=address, person__in=people).exists():
        raise NotFound("Nobody in this record has lived there.")


def note(changing: Changing, what: str, row: int, *, before: Any = None, after: Any = None, because: str = "") -> None:
    """This will add to what the audit keeps of the change."""
    changes = changing.content.setdefault("changes", [])
    changes.append({"what": what, "row": row, "before": before, "after": after, "because": because})


def _supersede(changing: Changing, sort: Sort, old: Any) -> None:
    marked = sort.model.objects.filter(pk=old.pk, superseded_at__isnull=True).update(
        superseded_at=changing.at, superseded_by=changing.by.id or None
    )
    if not marked:
        raise NotFound(GONE)


def _fields(row: Any, names: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in sorted(names)}


def new_person(changing: Changing, *, record: int | None = None) -> Person:
    """This will make somebody, of whom nothing is known yet."""
    return Person.objects.create(record_id=record, recorded_at=changing.at, recorded_by=changing.by.id or None)
