"""A name is found again however it was spelt, and why is said in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.invented.names import BOYS, FAMILY_NAMES, GIRLS
from goldthread.people.name_forms import FORMS, heads, kinship
from goldthread.people.name_matching import explain, search_keys
from goldthread.people.names import PersonName, folded, name_of, part
from goldthread.people.short_names import PAIRS
from goldthread.people.sounds import sounds

GIVEN = sorted({*GIRLS, *BOYS, *(name.title() for pair in PAIRS for name in pair)})
FAMILY = sorted(
    {*FAMILY_NAMES, "O'Brien", "McDonald", "van der Berg", "Smith-Jones", "Wojciechowska", "de Souza", "Li"}
)
NAMES = st.builds(PersonName, st.sampled_from(GIVEN), st.sampled_from(FAMILY))
ANY_NAMES = NAMES | st.builds(PersonName, st.text(max_size=30), st.text(max_size=30))


def words(sought: str, found: str) -> str:
    """What is said of two names, in one text."""
    likeness = explain(name_of(sought), name_of(found))
    return "; ".join(likeness.words) if likeness else ""


@pytest.mark.parametrize(
    ("sought", "found", "says"),
    [
        ("Amina Khan", "Amina Khan", "the same name"),
        ("Khan Amina", "Amina Khan", "the same names the other way round"),
        ("Khan, Amina", "Amina Khan", "the same name"),
        ("Liz Smyth", "Elizabeth Smith", "“Liz” is short for “Elizabeth”"),
        ("Elizabeth Smith", "Liz Smith", "“Liz” is short for “Elizabeth”"),
        ("Beth Hall", "Liz Hall", "can both be “Elizabeth”"),
        ("Mohammed Ali", "Muhammad Ali", "“Mohammed” and “Muhammad” are forms of one name"),
        ("Mo Ali", "Muhammad Ali", "can both be “Mohammed”"),
        ("Zosia Nowak", "Sophia Nowak", "can both be “Sophia”"),
        ("Kasia Nowak", "Katarzyna Nowak", "“Kasia” is short for “Katarzyna”"),
        ("Anna Kowalska", "Anna Kowalski", "a woman's and a man's"),
        ("Siobhan O'Brien", "Siobhán O Brien", "the same but for accents, hyphens or blanks"),
        ("Amina O’Neill", "Amina ONeill", "the same but for accents, hyphens or blanks"),
        ("Ewan MacDonald", "Ewan McDonald", "the same but for Mac or Mc"),
        ("Jan van der Berg", "Jan Berg", "the same but for a small word in it"),
        ("Yusuf al-Hassan", "Yusuf Hassan", "the same but for a small word in it"),
        ("Sarah Jane Smith-Jones", "Sarah Jones", "one of several names is the same"),
        ("Abdul Rahman Ali", "Abdurrahman Ali", "“Abdul Rahman” and “Abdurrahman” are forms of one name"),
        ("Jan Voychehovsky", "Jan Wojciechowski", "“Voychehovsky” sounds like “Wojciechowski”"),
        ("Katelyn Right", "Caitlin Wright", "forms of one name"),
        ("Kristofer Alderton", "Christopher Alderton", "“Kristofer” sounds like “Christopher”"),
        ("Amina Alderton", "Amina Aldterton", "one letter is different"),
        ("Amina Adlerton", "Amina Alderton", "one letter is different"),
        ("Imogen Balderstone", "Imogen Baldrestome", "two letters are different"),
        ("A Khan", "Amina Khan", "the same initial"),
        ("Khan", "Amina Khan", "the same family name"),
        ("Amina", "Amina Khan", "the same name in the other place"),
        ("Олена Коваленко", "Olena Kovalenko", "the same but for accents"),
        ("Łukasz Żak", "Lukasz Zak", "the same but for accents"),
    ],
)
def test_why_two_names_may_be_one_person_s_is_said(sought: str, found: str, says: str) -> None:
    assert says in words(sought, found)


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("Amina Khan", "Beatrix Oldham"),
        ("Lee Oldham", "Lou Barlow"),
        ("A. K.", "Amina Khan"),
        ("", "Amina Khan"),
        ("Amina Khan", ""),
    ],
)
def test_names_that_are_simply_others_are_not_like(sought: str, found: str) -> None:
    assert words(sought, found) == ""


def test_half_a_name_is_said_to_be_half_a_name() -> None:
    likeness = explain(name_of("Amina Khan"), name_of("Amina Begum"))
    assert likeness is not None and likeness.in_part
    assert likeness.words == ("given name: the same", "family name: different")


@given(NAMES, NAMES)
def test_whatever_is_like_shares_a_key_so_that_an_index_finds_it(sought: PersonName, found: PersonName) -> None:
    if explain(sought, found):
        assert search_keys(sought) & search_keys(found)


@given(ANY_NAMES, ANY_NAMES)
def test_any_text_can_be_compared_and_likeness_has_a_key(sought: PersonName, found: PersonName) -> None:
    if explain(sought, found):
        assert search_keys(sought) & search_keys(found)


@given(NAMES)
def test_the_order_of_the_names_makes_no_difference_to_the_keys(name: PersonName) -> None:
    turned = PersonName(name.family, name.given)
    assert search_keys(name) == search_keys(turned)
    likeness = explain(turned, name)
    assert likeness is not None and not likeness.in_part


@given(NAMES, st.sampled_from([str.upper, str.lower, lambda text: f"  {text} ", lambda text: text.replace(" ", "-")]))
def test_how_a_name_is_typed_makes_no_difference(name: PersonName, typed: object) -> None:
    assert callable(typed)
    other = PersonName(typed(name.given), typed(name.family))
    likeness = explain(other, name)
    assert likeness is not None and likeness.order[1] <= 2
    assert search_keys(other) == search_keys(name)


@given(
    st.sampled_from(FAMILY_NAMES), st.integers(0, 30), st.sampled_from("aeklmnrst"), st.sampled_from("cid t".split())
)
def test_a_slip_of_the_pen_is_still_found(family: str, at: int, letter: str, slip: str) -> None:
    place = at % len(family)
    typed = {
        "c": family[:place] + letter + family[place + 1 :],
        "i": family[:place] + letter + family[place:],
        "d": family[:place] + family[place + 1 :],
        "t": family[:place] + family[place + 1 : place + 2] + family[place : place + 1] + family[place + 2 :],
    }[slip[0]]
    if max(len(typed), len(family)) >= 5:
        assert explain(PersonName("", typed), PersonName("Amina", family))


@pytest.mark.parametrize(
    ("short", "name"), [("liz", "elizabeth"), ("bill", "william"), ("kuba", "jakub"), ("mo", "mohammed")]
)
def test_short_names_lead_to_their_names(short: str, name: str) -> None:
    assert (short, name) in PAIRS and heads(short) & heads(name)


def test_the_facts_about_names_are_many_folded_and_said_once() -> None:
    assert len(PAIRS) >= 900 and len(FORMS) >= 200
    names = [name for pair in PAIRS for name in pair] + [name for group in FORMS for name in group]
    assert [name for name in names if folded(name) != name or part(name).tokens[0] != name] == []
    assert [group for group in FORMS if len(set(group)) != len(group)] == []
    assert len({group[0] for group in FORMS}) == len(FORMS), "a form is filed in one place"
    assert [pair for pair in PAIRS if pair[0] == pair[1]] == []


@given(
    st.sampled_from(sorted({name for pair in PAIRS for name in pair})),
    st.sampled_from(sorted({n for g in FORMS for n in g})),
)
def test_kinship_of_names_goes_both_ways(one: str, other: str) -> None:
    assert bool(kinship(one, other)) is bool(kinship(other, one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("wojciechowski", "voychehovsky"), ("kowalczyk", "kovalchik"), ("krzysztof", "kshishtof"), ("szymon", "shimon"),
        ("chaudhry", "choudhury"), ("hussain", "hussein"), ("qureshi", "koreshi"), ("jasmine", "yasmin"),
        ("wright", "right"), ("knight", "night"), ("philip", "filip"), ("geoffrey", "jeffrey"), ("stephen", "steven"),
        ("thomas", "tomas"), ("xavier", "zavier"), ("leigh", "lee"), ("ayesha", "aisha"), ("nguyen", "ngyuen"),
    ],
)  # fmt: skip
def test_names_of_many_languages_sound_like_what_is_written_by_ear(one: str, other: str) -> None:
    assert sounds(one) & sounds(other)


@pytest.mark.parametrize(("one", "other"), [("lee", "lou"), ("amina", "emma"), ("anna", "hannah"), ("mia", "may")])
def test_short_words_do_not_all_sound_alike(one: str, other: str) -> None:
    assert not sounds(one) & sounds(other)


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("Amina Khan", "Amina", "Khan"),
        ("Khan, Amina", "Amina", "Khan"),
        ("Jan van der Berg", "Jan", "van der Berg"),
        ("Amina", "", "Amina"),
        ("", "", ""),
        ("  Anna  Maria   de Souza ", "Anna Maria", "de Souza"),
        ("de Souza", "de", "Souza"),
    ],
)
def test_a_name_typed_in_one_piece_is_parted(text: str, given: str, family: str) -> None:
    assert name_of(text) == PersonName(given, family)


def test_hostile_text_is_only_text() -> None:
    for text in ("\x00", "\ud800", "\u202eabc", "{one}{0}", "a" * 1_000_000, "٣ ١", "’" * 50, "%s {other!r}"):
        name = PersonName(text, text)
        assert all(len(key) < 60 for key in search_keys(name))
        explain(name, PersonName("Amina", "Khan"))
        explain(name, name)
        explain(PersonName(text + "a bcdefg", "{x}"), PersonName("bcdefgh", "{x}y"))
