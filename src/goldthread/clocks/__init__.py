"""Where each duty stands on a record: the engine asked, and an index of what is open, for lists."""
