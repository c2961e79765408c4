"""The address of a private link. The secret is its last part: the page works without scripts and without an account."""

from django.urls import path

from articles.expert import pages

app_name = "expert"

urlpatterns = [path("<str:token>/", pages.claim, name="claim")]
