"""The desk: what crosses apps on the screen."""
