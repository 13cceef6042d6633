"""Who may see what, and why: involvement, restriction, conflict, emergency, and the gate."""
