"""The pages of Wagtail's tutorial: a blog with authors, tags and a gallery."""

from django import forms
from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet


class BlogIndexPage(Page):
    """The list of the blog."""

    intro = RichTextField(blank=True)
    content_panels = [*Page.content_panels, "intro"]


class BlogPageTag(TaggedItemBase):
    """A tag of a page."""

    content_object = ParentalKey("BlogPage", related_name="tagged_items", on_delete=models.CASCADE)


class BlogPage(Page):
    """One text with its authors, tags and pictures."""

    date = models.DateField("Post date")
    intro = models.CharField(max_length=250)
    body = RichTextField(blank=True)
    authors = ParentalManyToManyField("blog.Author", blank=True)
    tags = ClusterTaggableManager(through=BlogPageTag, blank=True)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(["date", FieldPanel("authors", widget=forms.CheckboxSelectMultiple), "tags"]),
        "intro",
        "body",
        InlinePanel("gallery_images", label="Gallery images"),
    ]

    def main_image(self):
        """The first picture of the gallery."""
        item = self.gallery_images.first()
        return item.image if item else None


class BlogPageGalleryImage(Orderable):
    """A picture of a page."""

    page = ParentalKey(BlogPage, on_delete=models.CASCADE, related_name="gallery_images")
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.CASCADE, related_name="+")
    caption = models.CharField(blank=True, max_length=250)
    panels = ["image", "caption"]


@register_snippet
class Author(models.Model):
    """Who writes."""

    name = models.CharField(max_length=255)
    author_image = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    panels = ["name", "author_image"]

    def __str__(self):
        return self.name
