"""Draws those around a family: grandparents, aunts and uncles, friends, foster carers, guardians, a refuge."""

from __future__ import annotations

from goldthread.invented.gathering import Adult, Gathered, Hints, Living, cut, within
from goldthread.invented.kin import YEAR, Kin
from goldthread.invented.life import Child, Family, Spell
from goldthread.invented.shares import Share

FRIENDS = Share([("friend-of", 48.0), ("neighbour-of", 24.0), ("godparent-of", 9.0), ("childminder-of", 19.0)])
REFUGE = "refuge: the address must not become known to the other parent"
NEW_HOME = "moved on from a refuge: the other parent must not learn it"
CARERS = "the carers' address is not given to the family"


def around(kin: Kin, gathered: Gathered, children: list[Child], homes: list[Living], shape: str, hints: Hints) -> None:
    """This will draw the wider family and its network."""
    parents = [one for one in gathered.adults if one.capacity == "parent"]
    cared_for_by_grandparents = shape == "grandparents" or hints.grandparents
    for number, parent in enumerate(parents[:2]):
        if parent.born > min(child.born for child in children) or (number and not _related(gathered, parent)):
            continue
        for sex, share in (("F", 0.5 if not number else 0.22), ("M", 0.26 if not number else 0.1)):
            if kin.chance() < (1.0 if cared_for_by_grandparents and not number else share):
                _grandparent(
                    kin, gathered, parent, children, sex, homes, raises=cared_for_by_grandparents and not number
                )
    if shape == "grandparents":
        leaving = max(homes[0].from_, gathered.known - kin.between(30, 700))
        for parent in parents:
            parent.homes = cut(parent.homes, leaving, None)
            parent.homes.append(Living(leaving, parent.died, kin.address(gathered)))
            if parent.died is not None and parent.died <= leaving:
                parent.homes.pop()
    mother = parents[0]
    if kin.chance() < 0.2:
        sex = "F" if kin.chance() < 0.6 else "M"
        aunt = kin.new(gathered, sex, "family", mother.born + kin.between(-3000, 3000))
        aunt.homes = [Living(gathered.known - kin.between(100, 3000), None, kin.address(gathered))]
        for child in children:
            gathered.relate("aunt-or-uncle-of", aunt.id, child.subject, None, child.born)
    if kin.chance() < 0.34:
        kind = FRIENDS.draw(kin.rng)
        friend = kin.new(
            gathered, "F" if kin.chance() < 0.8 else "M", "network", mother.born + kin.between(-4500, 3000)
        )
        friend.homes = [Living(gathered.known - kin.between(100, 3000), None, kin.address(gathered))]
        since = gathered.known - kin.between(60, 1500)
        if kind in ("friend-of", "neighbour-of"):
            gathered.relate(kind, friend.id, mother.id, None, since)
        else:
            for child in children:
                gathered.relate(kind, friend.id, child.subject, None, max(since, child.born))


def _related(gathered: Gathered, parent: Adult) -> bool:
    return any(one.kind == "parent-of" and one.person == parent.id for one in gathered.relationships)


def _grandparent(
    kin: Kin, gathered: Gathered, parent: Adult, children: list[Child], sex: str, homes: list[Living], *, raises: bool
) -> None:
    born = parent.born - int(YEAR * (18 + 18 * kin.chance()))
    person = kin.new(
        gathered, sex, "carer" if raises else "family", born, parent.family if kin.chance() < 0.7 else None
    )
    died = kin.chance() < 0.14 and not raises
    if died:
        person.died = min(born + int(YEAR * (52 + 30 * kin.chance())), kin.on - 1)
        person.died = max(person.died, parent.born + 400)
    gathered.relate("parent-of", person.id, parent.id, "birth", parent.born)
    gone = person.died
    for child in children:
        if (gone is None or child.born < gone) and _is_parent(gathered, parent, child):
            gathered.relate("grandparent-of", person.id, child.subject, None, child.born)
    if raises:
        gathered.keeper = person
        person.homes = within(homes, homes[0].from_, None)
        for child in children:
            since = max(child.born, gathered.known - kin.between(20, 600))
            how = "special-guardianship-order" if kin.chance() < 0.6 else "child-arrangements-order"
            gathered.relate("carer-of", person.id, child.subject, "family", since)
            gathered.bear(child.subject, person.id, how, since + 40)
    else:
        since = gathered.known - kin.between(100, 5000)
        if gone is None or gone > since:
            person.homes = [Living(since, gone, kin.address(gathered))]


def _is_parent(gathered: Gathered, parent: Adult, child: Child) -> bool:
    return any(
        one.kind == "parent-of" and one.person == parent.id and one.other == child.subject
        for one in gathered.relationships
    )


def settle(
    kin: Kin, gathered: Gathered, family: Family, homes: list[Living], shape: str, hints: Hints, authority: str
) -> None:
    """This will tell where the children live and lived: at home, in a refuge, with foster carers, with a guardian."""
    away = _refuge(kin, gathered, family, homes, shape, hints)
    if away is not None:
        homes = away
    lives = {child.id: within(homes, max(child.born, homes[0].from_), child.died) for child in family.children}
    if away is None:
        _with_father(kin, gathered, family, shape, hints, lives)
    for spell in family.spells:
        if spell.looked_after is not None and spell.looked_after <= kin.on:
            _foster(kin, gathered, spell, lives, authority)
    for child in family.children:
        if child.born <= kin.on:
            gathered.reside(child.subject, lives[child.id])


def _with_father(
    kin: Kin, gathered: Gathered, family: Family, shape: str, hints: Hints, lives: dict[str, list[Living]]
) -> None:
    """Let the eldest of a few families live with the father who left."""
    many = hints.with_father or (1 if shape in ("separated", "blended") and kin.chance() < 0.08 else 0)
    if not many:
        return
    father = gathered.adults[1]
    theirs = [child for child in family.children if _is_parent(gathered, father, child)]
    if len(theirs) < 2 or father.died is not None or not father.homes or father.homes[-1].until is not None:
        return
    own = father.homes[-1]
    for child in sorted(theirs, key=lambda one: one.born)[:many]:
        since = max(own.from_ + 30, child.born + 700)
        if (
            since < kin.on - 30
            and child.died is None
            and all(one.from_ < own.from_ or one.address != own.address for one in lives[child.id])
        ):
            lives[child.id] = [*cut(lives[child.id], since, None), Living(since, None, own.address)]


def _refuge(
    kin: Kin, gathered: Gathered, family: Family, homes: list[Living], shape: str, hints: Hints
) -> list[Living] | None:
    """Let a few mothers flee with their children to where nobody may find them, and move on from there."""
    fled = hints.refuge_on
    if fled is None:
        if shape != "separated" or kin.chance() > 0.06:
            return None
        fled = gathered.known + kin.between(-20, 120)
    if fled >= kin.on:
        return None
    mother = gathered.adults[0]
    stayed = fled + kin.between(70, 190)
    kept = cut(homes, fled, None) or [Living(fled - 200, fled, homes[0].address)]
    if stayed > kin.on:
        kept.append(Living(fled, None, kin.address(gathered, REFUGE)))
    else:
        kept.append(Living(fled, stayed, kin.address(gathered, REFUGE)))
        kept.append(Living(stayed, None, kin.address(gathered, NEW_HOME if kin.chance() < 0.6 else None)))
    mother.homes = within(kept, kept[0].from_, mother.died)
    return kept


def _foster(kin: Kin, gathered: Gathered, spell: Spell, lives: dict[str, list[Living]], authority: str) -> None:
    """Let the children of a spell live with foster carers for as long as they are looked after."""
    since = spell.looked_after or spell.referred
    hidden = CARERS if kin.chance() < 0.4 else None
    carer = kin.new(gathered, "F" if kin.chance() < 0.8 else "M", "carer", since - int(YEAR * (32 + 28 * kin.chance())))
    address = kin.address(gathered, hidden)
    carer.homes = [Living(since - kin.between(400, 4000), None, address)]
    ordered = kin.chance() < 0.45
    guardian = _guardian(kin, gathered, spell) if spell.reason in ("RC3", "RC4") and spell.closed <= kin.on else None
    for child in spell.children:
        begins, ends = max(since, child.born), spell.until(child)
        if begins > kin.on or ends <= begins:
            continue
        returns = ends if spell.reason == "RC7" and child.id not in spell.left else None
        stays = cut(lives[child.id], begins, returns)
        stays.append(Living(begins, ends, address))
        if guardian is not None and child.id not in spell.left:
            stays += within(guardian.homes, ends, child.died)
            order = "special-guardianship-order" if spell.reason == "RC4" else "child-arrangements-order"
            gathered.bear(child.subject, guardian.id, order, ends)
        lives[child.id] = sorted(within(stays, stays[0].from_ if stays else begins, child.died))
        gathered.relate("foster-carer-of", carer.id, child.subject, None, begins, ends)
        if ordered:
            gathered.bear(child.subject, authority, "care-order", begins + 100, ends)


def _guardian(kin: Kin, gathered: Gathered, spell: Spell) -> Adult:
    """Find the relative who takes the children on, or draw one."""
    kinds = ("grandparent-of", "aunt-or-uncle-of")
    relatives = {one.person for one in gathered.relationships if one.kind in kinds}
    for adult in gathered.adults:
        if adult.id in relatives and adult.died is None and adult.homes:
            return adult
    adult = kin.new(gathered, "F", "carer", gathered.adults[0].born + kin.between(-2500, 2500))
    adult.homes = [Living(spell.closed - kin.between(400, 3000), None, kin.address(gathered))]
    for child in spell.children:
        gathered.relate("aunt-or-uncle-of", adult.id, child.subject, None, child.born)
    return adult
