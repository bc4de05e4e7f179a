"""The post that holds the words of a question, and which other posts are told to be by its author."""

from yui.people.commons.models import Post, PostKind, Question


def opening_post(question: Question) -> Post:
    """Return the post of kind ``question``; the caller has read the question for somebody."""
    post: Post = (
        Post.objects.unscoped("part of a question that was read")
        .select_related("posted_for", "hidden_author", "author")
        .get(question=question, kind=PostKind.QUESTION)
    )
    return post


def is_of_asker(post: Post, opening: Post) -> bool:
    """Return whether a post is the asker's, as far as what follows from it may show.

    Of two posts of one person, of which one carries the name and the other does not, nothing may follow:
    a question that goes on waiting after the answer of its unnamed asker would tell who asked. Two unnamed
    posts of one person may be known to belong together.
    """
    if post.is_unnamed != opening.is_unnamed:
        return False
    if post.is_unnamed:
        authors = [getattr(one, "hidden_author", None) for one in (post, opening)]
        return all(authors) and authors[0].user_id == authors[1].user_id  # type: ignore[union-attr]
    return (post.author_id, post.external_author_id) == (opening.author_id, opening.external_author_id)
