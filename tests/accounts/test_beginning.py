"""The first two administrators are made on the server; after them it takes two people."""

from __future__ import annotations

import re

import pytest
from codes import App
from django.test import Client
from django.utils import timezone

from goldthread.accounts import invitations
from goldthread.accounts.models import Account
from goldthread.agencies.models import Organisation
from goldthread.audit.models import Entry
from goldthread.cli import main
from goldthread.cli.verbs import VERBS
from goldthread.kernel.acting import acting_as, system
from goldthread.kernel.errors import NotNow

pytestmark = pytest.mark.django_db


def make(*also: str, email: str = "ifeoma@anyborough.example") -> int:
    said = ["--email", email, "--site", "https://goldthread.example", *also]
    return main(["appoint", *said], VERBS)


def make_new(email: str, authority: str = "Anyborough") -> int:
    return make("--name", "Ifeoma Balogun", "--authority", authority, email=email)


def link(said: str) -> str:
    found = re.search(r"https://goldthread.example(/invitation/\S+)", said)
    assert found, said
    return found[1]


def test_the_first_two_are_made_and_no_third(capsys: pytest.CaptureFixture[str]) -> None:
    assert make_new("one@anyborough.example") == 0
    assert Client().get(link(capsys.readouterr().out)).status_code == 200
    assert Organisation.objects.get(is_home=True).name == "Anyborough"
    assert make_new("elsewhere@anyborough.example", "Otherborough") == 2
    assert make_new("two@anyborough.example") == 0
    assert make_new("three@anyborough.example") == 2
    assert "two of them together" in capsys.readouterr().err
    assert Account.objects.count() == 2
    with acting_as(system("test")):
        assert Entry.objects.filter(system="appoint", purpose="account-opened").count() == 2


def test_one_who_has_lost_every_way_in_is_let_in_again(capsys: pytest.CaptureFixture[str]) -> None:
    make_new("one@anyborough.example")
    account = Account.objects.get()
    App.of(account)
    with pytest.raises(NotNow):
        invitations.make(system("test"), timezone.now(), account)
    capsys.readouterr()
    assert make("--again", email="one@anyborough.example") == 0
    assert Client().get(link(capsys.readouterr().out)).status_code == 200
    with acting_as(system("test")):
        assert Entry.objects.filter(purpose="factors-reset-on-the-server").count() == 1


@pytest.mark.parametrize(
    "said",
    [("--again",), ("--name", "Only a name"), ("--name", "N", "--authority", "A", "--site", "goldthread.example")],
)
def test_what_cannot_be_meant_is_refused(said: tuple[str, ...]) -> None:
    assert make(*said) == 2
    assert not Account.objects.exists()
