"""Pages on which administrators look after people, accounts, organisations and teams."""
