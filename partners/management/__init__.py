"""What operators do about partners at the command line."""
