"""Background jobs: what ran, what failed, what runs next."""
