"""What readers see: the log, and the tables that are projected from it."""
