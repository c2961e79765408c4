"""What readers sent in by forms."""
