"""Who did and who saw what: append-only, chained, and without the content itself."""
