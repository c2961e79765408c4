"""The proof that the site lives through kills and outages; see ``__main__``."""
