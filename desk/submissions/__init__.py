"""What others sent in for checking."""
