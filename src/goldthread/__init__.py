"""Open casework software for multi-agency child safeguarding in England."""
