"""What it costs to keep files in the database; see ``__main__``."""
