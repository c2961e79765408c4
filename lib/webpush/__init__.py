"""Messages to browsers over push services. See README.md."""
