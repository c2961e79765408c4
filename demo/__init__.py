"""The demo newsroom: articles of our own, their claims and the life of each check, loaded as people would enter them.

``content/`` holds one TOML file per article and the text beside it; ``content.py`` says what may stand in it.
"""
