"""What the pages of the desk are given: frozen facts, all of them ready before a template begins."""
