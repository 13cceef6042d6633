"""The layout of the site, its components and its form fields."""
