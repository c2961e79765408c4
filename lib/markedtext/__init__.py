"""Rich text with marks at positions of its plain text."""
