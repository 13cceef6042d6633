"""A second person's decision, before something is done that one alone may not do."""
