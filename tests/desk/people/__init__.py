"""People, roles and signing in on the desk."""
