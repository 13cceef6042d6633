"""What happened: append-only events about a Record, and what is folded from them."""
