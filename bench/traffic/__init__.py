"""What a day of readers costs: ``make bench-traffic``."""
