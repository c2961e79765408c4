"""The readers' pages: thin views over ``selectors.public``, on the readers' plane."""
