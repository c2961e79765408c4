"""People, their roles and tokens, and how they sign in."""
