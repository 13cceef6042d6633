"""What is written on cases day by day: an opening, what was said or seen, and what follows, joined at random.

`{child}` is a child's name, `{parent}` who looks after her, `{school}` her school. Nobody's story is told in them.
"""

from __future__ import annotations

from typing import NamedTuple


class Topic(NamedTuple):
    """What a note is about, its three parts, and the age in years from which a child is written about so."""

    about: str
    openings: tuple[str, ...]
    middles: tuple[str, ...]
    ends: tuple[str, ...]
    from_age: int = 0


CALL = Topic(
    "telephone call",
    (
        "{parent} rang.",
        "I rang {parent} as agreed.",
        "Message from {parent}, and I rang back.",
        "Short call with {parent} before school.",
    ),
    (
        "{child} slept better this week and is eating breakfast again.",
        "The heating has been mended and the flat is warm.",
        "The family centre has confirmed the place from Monday.",
        "Money is tight until Friday; we went through what there is.",
        "The surgery rang yesterday and all is well with {child}.",
        "{parent} had a hard weekend and said so openly.",
        "{child} has been asking when the next visit is.",
        "The letter about the tenancy came; {parent} would like to read it together.",
    ),
    (
        "We speak again on Thursday.",
        "I said what happens next and sent it in writing.",
        "I have asked for a food parcel for tomorrow.",
        "{parent} will ring the surgery today and let me know.",
        "Nothing further today.",
    ),
)

SCHOOL = Topic(
    "school",
    (
        "Spoke with {school}.",
        "E-mail from the safeguarding lead at {school}.",
        "Met {child}'s class teacher at {school}.",
        "{school} rang at lunchtime.",
    ),
    (
        "{child} has been in every day this fortnight and on time.",
        "{child} was late on three mornings and seemed tired.",
        "{child} has made a friend and stays for the art club.",
        "Reading has come on well with the extra help.",
        "{child} told the teaching assistant about worries at home, in {child}'s own words, written down the same day.",
        "PE kit is missing again; school has lent some.",
        "{child} laughed a lot in the school play.",
    ),
    (
        "School will write this into the report for the next meeting.",
        "I thanked them and will tell {parent}.",
        "The mentor keeps Wednesday free for {child}.",
        "School will ring if anything changes.",
        "To be looked at together at the next review.",
    ),
    5,
)

DIRECT = Topic(
    "time with the child",
    (
        "Walked to the park with {child}.",
        "Sat with {child} in the quiet room at school.",
        "Drew with {child} at the kitchen table.",
        "Played a board game with {child}.",
        "Ate lunch with {child} after the lesson.",
    ),
    (
        "{child} showed me a picture of everyone who lives at home, the cat included.",
        "{child} said that mornings are the best part of the day now.",
        "{child} wants it to be quiet at bedtime.",
        "{child} said what should change: less shouting, and a door that closes.",
        "{child} chose three wishes: a bike, a bigger bed, and Saturdays together.",
        "{child} did not want to talk today, and that was fine.",
        "We read the plan together and {child} crossed out a word that was wrong.",
        "{child} asked who will read what I write; I explained it.",
    ),
    (
        "I will tell {parent} what {child} agreed that I may tell.",
        "{child} would like me to come again next week.",
        "{child}'s own words go to the next meeting.",
        "Next time we look at the photographs.",
        "Seen well and cheerful.",
    ),
    4,
)

HOME = Topic(
    "home",
    (
        "At home with {parent}.",
        "Visited in the late afternoon.",
        "Looked round the house with {parent}.",
        "First visit since the move.",
    ),
    (
        "The bedroom is painted and {child} has a bed of {child}'s own.",
        "There was food in the fridge and supper on the stove.",
        "The kitchen was untidy but clean where it matters.",
        "The stair gate is up at last.",
        "Damp in the back room: photographs sent to the landlord.",
        "{parent} and {child} were building a den when I came.",
        "We talked through the rules that the family made together; most are kept.",
    ),
    (
        "{parent} keeps the list on the fridge.",
        "I come again in two weeks.",
        "Housing will inspect on the 14th.",
        "{parent} asked good questions about the plan.",
        "The next step is {parent}'s appointment on Tuesday.",
    ),
)

HEALTH = Topic(
    "health",
    ("Call from the nurse.", "Reply from the surgery.", "Letter from the clinic."),
    (
        "Appointments are being kept; immunisations are up to date.",
        "The referral for speech and language was accepted; the wait is about ten weeks.",
        "They would like to see {child} about the eczema.",
        "{child} has grown well since the last time.",
        "{parent} went to the appointment and asked about sleep.",
    ),
    ("They will send a report before the meeting.", "Passed on to {parent} the same day.", "Added to the plan."),
)

POLICE = Topic(
    "police",
    ("E-mail from the police officer.", "Call from the police referral desk."),
    (
        "No new incidents since the last meeting.",
        "The conditions stand and have been explained to both parents.",
        "Nobody will be interviewed again; {parent} has been told.",
        "The neighbourhood officer passes by once a week and is greeted.",
    ),
    (
        "Agreed that I tell the core group.",
        "They know whom to ring at the weekend.",
        "Nothing further is needed today.",
    ),
)

SUPPORT = Topic(
    "support for the family",
    (
        "Spoke with the family support worker.",
        "Note from the course leader.",
        "Met with {parent} and the support worker.",
    ),
    (
        "{parent} came to four of five sessions of the course.",
        "The morning routine is on the wall and works on most days.",
        "{parent} missed last week and rang to say so.",
        "Bedtimes are calmer; the chart is full of stars.",
        "The recovery worker is pleased, and so is {parent}.",
    ),
    ("Two more visits, then we look again.", "Added to the plan.", "I told {parent} how much has changed."),
)

HOUSING = Topic(
    "housing",
    ("The housing officer answered.", "Call to housing options."),
    (
        "The family's application is with the panel.",
        "The repair is booked for the second half of the month.",
        "The arrears plan is being kept to.",
    ),
    ("I ring again on the first of the month.", "{parent} has the letter.", "Agreed who writes to whom."),
)

YOUNG = Topic(
    "time with the child",
    ("Watched {child} at play.", "Sat on the floor with {child}.", "Came at teatime and stayed."),
    (
        "{child} held on to {parent} at first and then brought me a brick.",
        "{child} is babbling and points at what is wanted.",
        "{child} fell asleep on {parent}'s arm.",
        "{child} crawled to {parent} when the doorbell rang.",
        "{child} ate well and threw the spoon.",
    ),
    ("{parent} reads {child}'s signs well.", "Seen well.", "I noted down what I saw, minute by minute."),
)

CHECKS = Topic(
    "checks at the front door",
    ("Checks made.", "Rang the person who referred.", "Looked at what is already known."),
    (
        "School and health have no earlier worries about {child}.",
        "One earlier contact, with advice given.",
        "The referrer saw {child} yesterday and {child} was well.",
        "{parent} knows about the referral and agreed to a visit.",
        "{parent} did not know about the referral; I explained it.",
    ),
    ("To the manager for a decision.", "Put to the daily meeting.", "Visit tomorrow morning."),
)

PREGNANCY = Topic(
    "pregnancy",
    ("Spoke with the specialist midwife.", "Met {parent} at the clinic.", "Home visit before the birth."),
    (
        "The scan was on time and all is well.",
        "{parent} has a cot, a pram and a friend who will come at any hour.",
        "The plan for the birth was gone through page by page.",
        "{parent} has kept every appointment since the booking.",
        "The hospital has the plan and the telephone numbers.",
    ),
    ("Next appointment in a fortnight.", "The discharge meeting is arranged.", "{parent} has my number."),
)

CARE = Topic(
    "foster home",
    ("Visited {child} at the foster home.", "Call from the foster carer.", "Took {child} to see the family."),
    (
        "{child} has settled and has put up pictures.",
        "{child} misses the family and rings on Sundays.",
        "Family time went well; {parent} brought a cake.",
        "{child} was quiet afterwards and wanted to bake.",
        "The school run works now that the taxi is booked.",
    ),
    ("The carer writes the diary with {child}.", "To be talked over at the review.", "I come again before half-term."),
)

TOPICS = {
    "front-door": (CHECKS,),
    "assessment": (CALL, SCHOOL, DIRECT, HOME, HEALTH, POLICE, CALL),
    "safeguarding": (CALL, CALL, SCHOOL, DIRECT, HOME, HEALTH, SUPPORT, SUPPORT, HOUSING, POLICE),
    "disabled-children": (CALL, SCHOOL, SCHOOL, DIRECT, HEALTH, HEALTH),
    "children-in-care": (CARE, CARE, SCHOOL, DIRECT, HEALTH),
}
"""What notes are about, by the kind of team that writes them."""

CONTACT_ABOUT: tuple[str, ...] = (
    "a quarrel at home that neighbours heard",
    "police called to an argument; children were upstairs",
    "a missed appointment at the hospital",
    "a parent's mental health after a move",
    "rent arrears and a notice to leave",
    "a bruise that the parents explained",
    "a parent drinking more since the summer",
    "a request for a short break",
    "a baby's weight",
    "a father back in touch after a long time",
    "a move from another area with little known",
    "a family with no money for the meter",
)
CONTACT_ABOUT_PUPILS: tuple[str, ...] = (
    "a child often late for school and tired",
    "a child who came to school without lunch",
    "a child looking after a younger brother",
    "a pupil who told a teacher that home is not safe",
)
CONTACT_ABOUT_TEENAGERS: tuple[str, ...] = (
    "a parent who asks for help with a teenager",
    "a young person out late with older friends",
    "worry about messages on a young person's telephone",
    "a young person missing overnight and found well",
)
CONTACT_HOW = ("telephone", "online form", "e-mail", "police notification", "letter", "in person")
CONTACT_OUTCOMES = ("no-further-action", "advice-given", "passed-to-early-help", "no-further-action")

SUPERVISION = (
    "Looked at what has changed for {child}, and what has not.",
    "Talked about how it is to work with the family; a joint visit is planned.",
    "Agreed what must be different by the next review.",
    "Went through the dates: what is due, and who does it.",
    "Thought about what the day is like for {child}.",
    "The plan works; keep going and begin to think about stepping down.",
)
VISITS = ("seen at home", "seen at home", "seen at home", "seen at school", "seen at a relative's")
NOBODY_IN = "nobody in; a card was left and a text sent"
