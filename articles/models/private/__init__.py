"""What belongs to one person alone: no colleague reads it, and no history keeps it."""
