"""Which rows: for the desk and for readers (``readers``), one folder or module for each feature."""
