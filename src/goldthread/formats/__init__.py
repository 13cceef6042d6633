"""The files that facts come in and go out in: the CIN census, JSON Lines and CSV."""
