"""The two databases and the nets that lie in them."""
