"""The pages that show the work of all claims: the inbox, which is the desk's first page, calendar and numbers."""
