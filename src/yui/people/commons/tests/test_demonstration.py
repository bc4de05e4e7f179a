"""The 架空データ is what the operations would have left: times in order, counts true, names hidden."""

from random import Random

from yui.kernel.calendar_jp import Month
from yui.kernel.demonstration import Demonstration
from yui.kernel.scope.models import Organisation
from yui.people.commons.demo import seed
from yui.people.commons.demo.conversations import conversations
from yui.people.commons.models import Post, PostKind, Question


def test_questions_are_made_with_true_counts(asker, answerer, minato, shinjuku):
    wards = list(Organisation.objects.filter(pk__in=[minato.pk, shinjuku.pk]))
    seed(Demonstration(Month(2024, 4), Month(2026, 10), wards))
    questions = Question.objects.unscoped("test")
    assert questions.count() == 110
    for question in questions:
        answers = Post.objects.unscoped("test").filter(question=question, kind=PostKind.ANSWER)
        assert question.answer_count == answers.count()
        assert not question.is_solved or question.solved_at >= question.asked_at
    assert questions.filter(state="solved").count() > 25
    unnamed = Post.objects.unscoped("test").filter(is_unnamed=True)
    assert unnamed.exists()
    assert not unnamed.filter(author__isnull=False).exists()


def test_the_same_seed_says_the_same():
    assert list(conversations(Random(7), 60)) == list(conversations(Random(7), 60))
