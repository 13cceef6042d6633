"""Taking facts in from outside: a census, case events, a whole authority; by one path, repeatable."""
