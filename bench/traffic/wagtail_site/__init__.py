"""The blog of Wagtail's tutorial, as a peer."""
