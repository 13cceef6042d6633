"""The views of the desk: what each address does, and nothing of who may."""
