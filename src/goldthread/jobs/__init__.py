"""What recurs without anyone asking, and whether the site is able to answer."""
