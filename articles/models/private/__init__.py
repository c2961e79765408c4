"""What is kept about one person for a while, and in no history."""
