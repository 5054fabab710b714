"""What somebody did in a lesson, as its page stores it."""

from sittings import DECIDED_ON
from strategies import wrong_answer

from centre.accounts.models import User
from centre.database import the_centre
from centre.learning.progress import learning_folder, the_lessons
from courses.answer_sheet import AnswerSheet
from courses.exercise import present
from courses.review import recallable

LESSON = the_lessons()[0]
NAME = LESSON.path.stem
QUESTION = next(iter(recallable(LESSON)))


def save(actor, values, at=DECIDED_ON, lesson=LESSON):
    """What somebody answered in a lesson."""
    folder = learning_folder(the_centre(), User.objects.get(username=actor.id).pk)
    folder.mkdir(parents=True, exist_ok=True)
    sheet = AnswerSheet(folder / f"{lesson.path.stem}.tien-do.json", lesson.head.code)
    for name, value in values.items():
        sheet.save(name, value, 0, at)


def forget(actor, at):
    """A wrong answer in the lesson."""
    block = LESSON.block(QUESTION)
    question, key = present(block.body.exercise, QUESTION, seed=LESSON.head.code)
    save(actor, {QUESTION: wrong_answer(question, key)}, at)
