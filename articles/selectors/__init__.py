"""Which rows: for the desk (``desk``, ``dossier``) and for the public (``public``)."""
