"""Fills the blog and prints the address of a page."""

from datetime import date

import django

PARAGRAPH = (
    "<p>The <b>council</b> decided on Monday that the bridge is paid from the <a href='https://example.org/'>regional "
    "budget</a>. Two offers were read, and the cheaper one was taken.</p>"
)
POSTS = 20


def fill() -> str:
    """The blog with some posts; returns the address of one."""
    from io import BytesIO

    from django.core.files.images import ImageFile
    from django.core.management import call_command
    from PIL import Image as Drawn
    from wagtail.images.models import Image
    from wagtail.models import Page, Site

    from bench.traffic.wagtail_site.models import Author, BlogIndexPage, BlogPage, BlogPageGalleryImage

    call_command("makemigrations", "blog", verbosity=0)
    call_command("migrate", verbosity=0)
    drawn = BytesIO()
    Drawn.new("RGB", (1200, 800), "navy").save(drawn, "JPEG")
    picture = Image.objects.create(title="Bridge", file=ImageFile(drawn, name="bridge.jpg"))
    index = Page.objects.get(depth=1).add_child(instance=BlogIndexPage(title="Blog", slug="blog", intro="<p>News</p>"))
    Site.objects.update(root_page=index, hostname="localhost", site_name="Blog")
    author = Author.objects.create(name="Ada", author_image=picture)
    for number in range(POSTS):
        post = BlogPage(title=f"Post {number}", slug=f"post-{number}", date=date(2026, 1, 1), intro="A bridge.")
        post.body = PARAGRAPH * 60
        index.add_child(instance=post)
        post.authors.add(author)
        post.tags.add("bridge", "budget")
        post.gallery_images.add(BlogPageGalleryImage(image=picture, caption="The bridge"))
        post.save()
    return f"/post-{POSTS // 2}/"


def main() -> None:
    """Fill the database of the settings. Its migrations are written into ``blog_migrations``, which is on the path."""
    django.setup()
    print(fill())


if __name__ == "__main__":
    main()
