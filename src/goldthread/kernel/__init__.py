"""What every app of the site stands on: who acts, what a model declares, the databases and their nets."""
