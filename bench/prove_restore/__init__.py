"""The drill of a backup and its restore; see ``__main__``."""
