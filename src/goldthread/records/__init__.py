"""The Record: the anchor of need-to-know."""
