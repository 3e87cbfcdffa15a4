"""The steps of training: teachers on coded data, their judgement of unlabelled articles, a student that learns from it.

Distillation after Hinton et al. (2015). Each step is kept in a work folder; what is kept is not done again. Coded articles
are divided into folds: a teacher for each, which never saw its fold's articles, judges them, and so is measured on
all. Students are measured the same way, and nothing of a fold's codes reaches the student that is measured on it. Where
there are further coded articles, in no fold, one teacher fitted on them judges all unlabelled articles, and one student
learns from that before it is fitted to each fold; without them the folds' teachers judge a share each, and a fold's student
learns from its teacher only.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.model_selection import GroupKFold

from stance.research.data import Probabilities
from stance.research.neural.fit import Progress, Schedule, fit, predict
from stance.research.neural.learner import Learner
from stance.research.neural.logits import PLACED, Logits, softmax
from stance.research.neural.material import Texts
from stance.research.neural.passages import (
    Document,
    Layout,
    Target,
    TrainingPassage,
    make_passages,
)
from stance.research.neural.work import Work

LAYOUT = Layout(body=320, context=64)
TEACHER_ROWS = Schedule(epochs=2, rate=4e-5, floor=0.3)
TEACHER_FURTHER = Schedule(epochs=2, rate=4e-5, warmup=0.05, floor=0.3, frozen=4)
TEACHER_ARTICLES = Schedule(epochs=2, rate=3e-5, warmup=0.1, frozen=4)
STUDENT_ALONE = Schedule(epochs=2, rate=1.5e-4, floor=0.3)
STUDENT_ARTICLES = Schedule(epochs=2, rate=1.2e-4, warmup=0.03)
STUDENT_CODED = Schedule(epochs=2, rate=5e-5, warmup=0.1)
LONE = "student-lone"


@dataclass(frozen=True, slots=True)
class Settings:
    """Hyperparameters of a training, chosen by cross-validation over articles.

    Attributes:
        folds: Number of folds of coded articles, and so of teachers.
        layout: How articles are cut.
        teacher_rows, teacher_further, teacher_articles: Fitting the teachers: all rows, further coded articles, and the
            coded articles of the other folds.
        student_alone: The student's first fitting: rows, and lone sentences of unlabelled articles.
        student_articles: Its second: whole articles, judged and coded.
        student_coded: Its third, where there are further coded articles: those of the other folds.
        replay, student_replay, coded_replay: Lone sentences mixed into each epoch of fitting on articles, so that they are
            not forgotten: of a teacher, of a student, of its third fitting.
        coded_share: What the weights after the third fitting count, averaged with those before it: a compromise between
            articles, which it is fitted to, and lone sentences, which it forgets (Wortsman et al. 2022).
        lone_share: What the first fitting's weights count in the network that reads lone sentences, averaged with the last
            one's: better there than either.
        judges: How many of the folds' teachers judge each unlabelled article.
        coded_weight: What a coded candidate counts beside a judged one.
    """

    folds: int = 5
    layout: Layout = LAYOUT
    teacher_rows: Schedule = TEACHER_ROWS
    teacher_further: Schedule = TEACHER_FURTHER
    teacher_articles: Schedule = TEACHER_ARTICLES
    student_alone: Schedule = STUDENT_ALONE
    student_articles: Schedule = STUDENT_ARTICLES
    student_coded: Schedule = STUDENT_CODED
    replay: int = 400
    student_replay: int = 4000
    coded_replay: int = 3000
    coded_share: float = 0.5
    lone_share: float = 0.5
    judges: int = 1
    coded_weight: float = 2.0


class Training:
    """One training, step by step.

    Args:
        texts: All data.
        work: Where steps are kept.
        settings: Hyperparameters.
        progress: Called with a line at each step.
    """

    def __init__(self, texts: Texts, work: Work, settings: Settings, progress: Progress) -> None:
        self.texts, self.work, self.settings, self.progress = texts, work, settings, progress
        # Shuffled by hash, or articles of one source would share a fold.
        order = sorted(texts.coded, key=lambda article: hashlib.sha256(article.id.encode()).digest())
        groups = [article.group for article in order]
        self._folds = min(settings.folds, len(set(groups)))
        self.fold_of = {
            order[place].id: fold
            for fold, (_, unseen) in enumerate(GroupKFold(self._folds).split(order, groups=groups))
            for place in unseen.tolist()
        }

    def teach(self, teacher: Learner) -> None:
        """Fit a teacher for each fold and measure it there."""
        self._fit("teacher-rows", teacher, None, self._rows_of(teacher), self.settings.teacher_rows)
        start, rows, replay = "teacher-rows", teacher.material.rows, self.settings.replay
        if teacher.material.further:
            make = self._articles_of(teacher, teacher.material.further, rows, replay)
            self._fit("teacher-further", teacher, start, make, self.settings.teacher_further)
            start = "teacher-further"
        for fold in range(self._folds):
            name = f"teacher-{fold}"
            make = self._articles_of(teacher, self._without(teacher.material.coded, fold), rows, replay)
            self._fit(name, teacher, start, make, self.settings.teacher_articles)
            self._judge(f"unseen-{name}", teacher, name, self._within(teacher, fold))

    def finish_teacher(self, teacher: Learner) -> str:
        """Fit one network on all rows and articles, for use without a student; return its name."""
        kept, held = hold_back(teacher.material.rows)
        make = self._passages_of(teacher, kept)
        self._fit("whole-rows", teacher, None, make, self.settings.teacher_rows)
        articles = [*teacher.material.further, *teacher.material.coded]
        make = self._articles_of(teacher, articles, kept, self.settings.replay)
        self._fit("whole", teacher, "whole-rows", make, self.settings.teacher_articles)
        self._judge("held-whole", teacher, "whole", held)
        return "whole"

    def soften(self, teacher: Learner) -> Logits:
        """Have the teachers judge the unlabelled texts; return what those said that saw no coded article of any fold."""
        self._judge("judged-alone", teacher, "teacher-rows", teacher.material.lone)
        if teacher.material.further:
            self._judge("judged-further", teacher, "teacher-further", teacher.material.unlabelled)
            return {**self.work.load_logits("judged-alone"), **self.work.load_logits("judged-further")}
        for fold in range(self._folds):
            self._judge(f"judged-{fold}", teacher, f"teacher-{fold}", self._share(teacher, fold))
        return self.work.load_logits("judged-alone")

    def distil(self, student: Learner) -> str:
        """Fit the student on what the teachers said; return its name."""
        _, held = hold_back(student.material.rows)
        lone = self._lone_of(student)
        make = self._passages_of(student, lone)
        self._fit("student-alone", student, None, make, self.settings.student_alone)
        if student.material.further:
            articles = [*self._judged(student, ["judged-further"]), *self._mixed(student.material.further)]
            make = self._articles_of(student, articles, lone, self.settings.student_replay)
            self._fit("student-further", student, "student-alone", make, self.settings.student_articles)
        judged = [f"judged-{fold}" for fold in range(self._folds)]
        self._fit_student("student", student, student.material.coded, judged)
        self._average(LONE, student, ("student", "student-alone"), self.settings.lone_share)
        self._judge(f"held-{LONE}", student, LONE, held)
        return "student"

    def measure_students(self, student: Learner) -> None:
        """Fit a student for each fold and measure it there."""
        for fold in range(self._folds):
            name = f"student-{fold}"
            self._fit_student(name, student, self._without(student.material.coded, fold), [f"judged-{fold}"])
            self._judge(f"unseen-{name}", student, name, self._within(student, fold))

    def _fit_student(
        self, name: str, student: Learner, coded: Sequence[Document], judged: Sequence[str]
    ) -> None:
        """Fit a student's last step: on coded articles, and on judged ones if it saw none of these before."""
        lone, articles = self._lone_of(student), self._mixed(coded)
        if student.material.further:
            make = self._articles_of(student, articles, lone, self.settings.coded_replay)
            self._fit(
                name,
                student,
                "student-further",
                make,
                self.settings.student_coded,
                self.settings.coded_share,
            )
        else:
            articles = [*self._judged(student, judged), *articles]
            make = self._articles_of(student, articles, lone, self.settings.student_replay)
            self._fit(name, student, "student-alone", make, self.settings.student_articles)

    def _judged(self, student: Learner, names: Sequence[str]) -> list[Document]:
        """Return the unlabelled articles with what teachers said of them."""
        return _with(student.material.unlabelled, [self.work.load_logits(name) for name in names])

    def _lone_of(self, student: Learner) -> list[Document]:
        """Return what a student learns of lone sentences: labelled rows, and judged sentences."""
        kept, _ = hold_back(student.material.rows)
        return [*kept, *_with(student.material.lone, [self.work.load_logits("judged-alone")])]

    def _rows_of(self, learner: Learner) -> Callable[[random.Random], list[TrainingPassage]]:
        return self._passages_of(learner, learner.material.rows)

    def _passages_of(
        self, learner: Learner, documents: Sequence[Document]
    ) -> Callable[[random.Random], list[TrainingPassage]]:
        def make(chance: random.Random) -> list[TrainingPassage]:
            return make_passages(documents, learner.vocabulary, self.settings.layout, chance)

        return make

    def _articles_of(
        self, learner: Learner, articles: Sequence[Document], lone: Sequence[Document], replayed: int
    ) -> Callable[[random.Random], list[TrainingPassage]]:
        def make(chance: random.Random) -> list[TrainingPassage]:
            replay = chance.sample(list(lone), min(replayed, len(lone)))
            return make_passages([*articles, *replay], learner.vocabulary, self.settings.layout, chance)

        return make

    def _without(self, documents: Sequence[Document], fold: int) -> list[Document]:
        return [one for one in documents if self.fold_of[one.group] != fold]

    def _within(self, learner: Learner, fold: int) -> list[Document]:
        """Return a fold's articles: actors at the coders' places, and as the pipeline finds them."""
        placed_ = [
            replace(one, id=f"{PLACED}{one.id}")
            for one in learner.material.coded
            if self.fold_of[one.group] == fold
        ]
        return [*placed_, *(one for one in learner.material.found if self.fold_of[one.group] == fold)]

    def _share(self, learner: Learner, fold: int) -> list[Document]:
        """Return the unlabelled articles that a fold's teacher judges."""
        turns = [(fold - turn) % self.settings.folds for turn in range(self.settings.judges)]
        return [
            one
            for number, one in enumerate(learner.material.unlabelled)
            if number % self.settings.folds in turns
        ]

    def _mixed(self, coded: Sequence[Document]) -> list[Document]:
        weight = self.settings.coded_weight
        return [
            replace(
                one,
                targets={number: target._replace(weight=weight) for number, target in one.targets.items()},
            )
            for one in coded
        ]

    def _fit(
        self,
        name: str,
        learner: Learner,
        start: str | None,
        make: Callable[[random.Random], list[TrainingPassage]],
        schedule: Schedule,
        share: float = 1.0,
    ) -> None:
        if self.work.has(name):
            return
        if start is None:
            learner.restart()
        else:
            self.work.load_network(start, learner.network)
        self.progress(f"fitting {name}")
        fit(
            learner.network,
            make,
            schedule,
            progress=lambda line: self.progress(f"{name}: {line}"),
            checkpoint=self.work.checkpoint(name),
        )
        if start is not None and share < 1.0:
            fitted = learner.state()
            self.work.load_network(start, learner.network)
            learner.lean(fitted, share)
        self.work.save_network(name, learner.network)

    def _average(self, name: str, learner: Learner, of: tuple[str, str], share: float) -> None:
        """Keep the mean of two networks, of which the second counts a share."""
        if self.work.has(name):
            return
        self.work.load_network(of[1], learner.network)
        second = learner.state()
        self.work.load_network(of[0], learner.network)
        learner.lean(second, share)
        self.work.save_network(name, learner.network)

    def _judge(self, name: str, learner: Learner, network: str, documents: Sequence[Document]) -> None:
        if self.work.has(name):
            return
        self.work.load_network(network, learner.network)
        passages = make_passages(documents, learner.vocabulary, self.settings.layout)
        self.progress(f"{name}: judging {sum(len(passage.items) for passage in passages)} candidates")
        self.work.save_logits(name, predict(learner.network, passages))


def hold_back(rows: Sequence[Document]) -> tuple[list[Document], list[Document]]:
    """Divide labelled rows into those to learn from and a tenth, by document, to calibrate lone sentences on."""
    kept: list[Document] = []
    held: list[Document] = []
    for one in rows:
        last = hashlib.sha256(one.group.encode("utf-8", "surrogatepass")).digest()[0]
        (held if last < 256 // 10 else kept).append(one)
    return kept, held


def _with(documents: Sequence[Document], told: Sequence[Logits]) -> list[Document]:
    """Give documents the mean of what teachers said of them; candidates that nobody judged are left out."""
    found = []
    for one in documents:
        targets = {}
        for number in range(len(one.prepared.candidates)):
            key = one.key(number)
            said = [softmax(logits[key]) for logits in told if key in logits]
            if said:
                mean = np.mean(said, axis=0)
                targets[number] = Target(_triple(mean))
        if targets:
            found.append(replace(one, targets=targets))
    return found


def _triple(values: np.ndarray) -> Probabilities:
    return (float(values[0]), float(values[1]), float(values[2]))
