"""Notifications: what each person chooses, the link that stops them, and the e-mails of the demo."""
