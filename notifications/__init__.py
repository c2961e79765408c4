"""E-mail to colleagues: who is notified of what, each person's choices, and the messages on their way."""
