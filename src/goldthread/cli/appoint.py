"""`goldthread appoint`: makes the first two administrators, who then add everybody else together."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from urllib.parse import urlsplit

from goldthread.accounts import beginning
from goldthread.cli import site
from goldthread.duties.refusal import Refused
from goldthread.kernel.errors import Refusal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be given."""
    parser.add_argument("--email", required=True, metavar="ADDRESS", help="what she will sign in with")
    parser.add_argument("--name", help="her name")
    parser.add_argument("--authority", metavar="NAME", help="the local authority that runs this installation")
    parser.add_argument(
        "--site", required=True, metavar="URL", help="the site's address, as https://goldthread.example"
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="for an administrator who has lost every way in: take away her factors, and invite her anew",
    )


def run(args: argparse.Namespace) -> int:
    """Make her, and print the link by which she sets up her account."""
    address = urlsplit(args.site)
    if address.scheme not in ("https", "http") or not address.netloc:
        raise Refused(f"--site is {args.site!r}: expected an address such as https://goldthread.example.")
    if not args.again and not (args.name and args.authority):
        raise Refused("--name and --authority are needed, or --again for someone who is there already.")
    site.need_tables()
    at = datetime.now(UTC)
    try:
        if args.again:
            token = beginning.let_in_again(at=at, email=args.email)
        else:
            token = beginning.appoint(at=at, authority=args.authority, name=args.name, email=args.email)
    except Refusal as refusal:
        raise Refused(refusal.sentence) from refusal
    print("She sets up her account here; the link is good once, for three days. Give it to nobody else:")
    print(f"{address.scheme}://{address.netloc}/invitation/{token}/")
    return 0
