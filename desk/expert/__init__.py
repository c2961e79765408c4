"""The one page for somebody outside: a claim, behind a private link, and a form for a note."""
