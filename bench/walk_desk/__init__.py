"""The main pages of the desk in its languages, light and dark: ``python -m bench.walk_desk``."""
