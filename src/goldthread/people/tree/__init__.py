"""The family as a tree: who belongs to a child on a day, drawn by generations, with an equal list beside it."""
