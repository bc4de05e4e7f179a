"""The post that holds the words of a question."""

from yui.people.commons.models import Post, PostKind, Question


def opening_post(question: Question) -> Post:
    """Return the post of kind ``question``; the caller has read the question for somebody."""
    post: Post = (
        Post.objects.unscoped("part of a question that was read")
        .select_related("posted_for", "hidden_author", "author")
        .get(question=question, kind=PostKind.QUESTION)
    )
    return post
