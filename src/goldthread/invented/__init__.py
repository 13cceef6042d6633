"""An invented authority: its children, its year, its census."""
