"""The proof that readers and partners notice nothing of an upgrade; see ``__main__``."""
