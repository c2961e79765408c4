"""The REST API: records to read for anyone, the desk for staff."""
