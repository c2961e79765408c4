"""Pages that a process gives again while nothing is published."""
