"""The queue's own tables stay out of the admin site: the page of background jobs says what people need to know."""

from django.contrib import admin
from procrastinate.contrib.django.models import ProcrastinateJob

admin.site.unregister(ProcrastinateJob)
