"""The forms of the desk: the shape of what is asked, and nothing of what is done with it."""
