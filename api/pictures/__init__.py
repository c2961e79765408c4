"""Pictures: sending them in, and choosing the one that leads a claim."""
