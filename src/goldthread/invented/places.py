"""Where invented people live and how they are reached: streets and towns of nowhere, numbers that nobody can be given."""

from __future__ import annotations

from random import Random

PLACE = "Harrowmere"

TOWNS = (
    "Harrowmere", "Aldwick Cross", "Bramsley", "Cotterbridge", "Dunmoor", "Eastmarch", "Fellgate", "Garrowby Green",
    "Hollin Bank", "Inkley", "Kelder", "Longstow", "Marlbeck", "Netherby Vale", "Oxcliffe", "Penfold",
)  # fmt: skip

AREAS = (
    "Abbotsmere", "Alder Lane", "Ashgrove", "Bankside", "Beacon Hill", "Birchfield", "Bluebell", "Bracken Edge", "Bridgefoot",
    "Brookside", "Castle Mead", "Cedar Park", "Chapel Fields", "Cherry Orchard", "Coldwater", "Copper Beech", "Cornmill",
    "Crossways", "Damson Row", "Dovecote", "Eastfield", "Elm Bank", "Fairview", "Fernhollow", "Fieldhead", "Foxglove",
    "Greenacre", "Hawthorn", "Hazelmere", "Heron Quay", "Highmoor", "Holly Hill", "Ironbridge Row", "Juniper", "Kestrel",
    "Kingfisher", "Larkfield", "Limewood", "Linden", "Lockside", "Mallard", "Meadowside", "Millrace", "Moorland",
    "Newlands", "Northgate", "Oakfield", "Old Forge", "Orchard", "Parkway", "Pinewood", "Priory", "Quarry Bank",
    "Ravenswood", "Riverside", "Rookery", "Rowan Tree", "Saltmarsh", "Silverdale", "Southfield", "Springwell",
    "Stonebridge", "Summerhill", "Sycamore", "Thornfield", "Uplands", "Valley", "Waterside", "Westbrook", "Whinmoor",
    "Willowdene", "Windmill", "Woodside", "Yew Tree",
)  # fmt: skip

STREETS = tuple(
    "Acorn Alma Anvil Badger Barley Basket Beck Bellfield Blackthorn Bobbin Bramble Candle Carder Clover Cobbler Cooper "
    "Corn Cowslip Cuckoo Curlew Dairy Drover Fallow Fennel Ferry Fiddler Flax Garland Glover Goose Granary Hatter Heather "
    "Heron Hopper Indigo Jasmine Juniper Kiln Lantern Lapwing Linnet Loom Madder Maltings Marigold Mercer Miller Nettle "
    "Otter Oxeye Paddock Partridge Peartree Plover Potter Primrose Quince Rushlight Saddler Saffron Shuttle Skylark "
    "Smithy Snowdrop Sorrel Spindle Starling Swallow Tailor Tanner Teasel Thimble Thistle Thrush Tinker Turner Vetch "
    "Warp Weaver Weft Wheelwright Woad Wool Wren Yarrow".split()
)
STREET_KINDS = ("Street", "Road", "Avenue", "Close", "Lane", "Court", "Drive", "Terrace", "Way", "Rise")

POSTCODE_AREA = "ZH"
"""No postcode area begins so; the shape is that of a real one."""
POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def street_address(rng: Random) -> tuple[tuple[str, ...], str, str]:
    """Draw the lines, the town and the postcode of a place where someone could live, were there such a place."""
    chance = rng.random
    street = f"{STREETS[int(chance() * len(STREETS))]} {STREET_KINDS[int(chance() * len(STREET_KINDS))]}"
    number = 1 + int(chance() * 140)
    drawn = chance()
    if drawn < 0.16:
        lines: tuple[str, ...] = (f"Flat {1 + int(chance() * 12)}", f"{number} {street}")
    elif drawn < 0.2:
        lines = (f"{number}{'AB'[int(chance() * 2)]} {street}",)
    else:
        lines = (f"{number} {street}",)
    district = int(chance() * len(TOWNS))
    letters = POSTCODE_LETTERS
    inward = f"{int(chance() * 10)}{letters[int(chance() * 20)]}{letters[int(chance() * 20)]}"
    return lines, TOWNS[district], f"{POSTCODE_AREA}{district + 1} {inward}"


def mobile(number: int) -> str:
    """Give a mobile number of the range that is kept free for stories; there are a thousand."""
    return f"07700 900{number % 1000:03d}"


def landline(number: int) -> str:
    """Give a landline of the range that is kept free for stories; there are a thousand."""
    return f"01632 960{number % 1000:03d}"
