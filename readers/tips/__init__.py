"""Tips: what readers want checked, and what they may look up about it."""
