"""The one door to addresses that others name: every request to one leaves through here."""
