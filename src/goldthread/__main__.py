"""This will run the command line as `python -m goldthread`."""

import sys

from goldthread.cli import main

sys.exit(main())
