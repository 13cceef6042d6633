"""Children, families and what happened to them: the facts that both the census and the events are told from."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Child:
    """An invented child; every day is an ordinal. `expected` is set where she was unborn when first heard of."""

    id: str
    family: int
    born: int
    expected: int | None
    sex: str
    ethnicity: str
    disabilities: tuple[str, ...]
    pupil_number: str
    pupil_number_absent: str | None
    given_name: str
    family_name: str
    adult_on: int
    died: int | None = None
    earlier_plans: int = 0

    @property
    def subject(self) -> str:
        return f"child:{self.id}"


@dataclass(slots=True, eq=False)
class Assessment:
    """One assessment of some of the children; on an open case it is no answer to a referral."""

    children: list[Child]
    started: int
    completed: int
    open_case: bool
    factors: dict[str, tuple[str, ...]]


@dataclass(slots=True, eq=False)
class Enquiry:
    """Section 47 enquiries from the strategy discussion on; they end in a conference or are concluded without one."""

    children: list[Child]
    strategy: int
    concluded: int
    conference: int | None
    outcome: str
    plan: bool


@dataclass(slots=True, eq=False)
class ProtectionPlan:
    """A child protection plan that siblings share, with its review conferences; the last one ends it, if any does."""

    children: list[Child]
    started: int
    ended: int
    reason: str
    reviews: list[int]
    initial: dict[str, str]
    latest: dict[str, str]
    previous: dict[str, int]
    transferred_in: bool = False


@dataclass(slots=True, eq=False)
class InNeedPlan:
    """A child in need plan that siblings share."""

    children: list[Child]
    started: int
    ended: int


@dataclass(slots=True, eq=False)
class Spell:
    """One referral of a family and all that followed, to its closure; `left` holds children who left before the others."""

    number: int
    family: int
    path: str
    children: list[Child]
    referred: int
    source: str
    need: str
    closed: int = 0
    reason: str = "RC7"
    left: dict[str, tuple[int, str]] = field(default_factory=dict)
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    protection: list[ProtectionPlan] = field(default_factory=list)
    in_need: list[InNeedPlan] = field(default_factory=list)
    notified: int | None = None
    moved: int | None = None
    area: str = ""
    looked_after: int | None = None

    def until(self, child: Child) -> int:
        """Give the day on which the child's own episode closes."""
        leaving = self.left.get(child.id)
        return self.closed if leaving is None else leaving[0]


@dataclass(slots=True, eq=False)
class Family:
    """A family and its spells, in their order."""

    number: int
    children: list[Child]
    spells: list[Spell]
