"""Tìm tên trong sổ: the one body or post that a cell means; several are named, none is ever made.

Built once for a sheet: ten thousand rows name a few hundred bodies and posts again and again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar

from soi.base.errors import Invalid
from soi.base.text import exact_key, fold
from soi.forms.xlsx.task_columns import POST_OF_BODY
from soi.intake.logic import bodies as body_names
from soi.intake.logic.bodies import KnownBody, words_of
from soi.intake.logic.posts import KnownPost, best_post

Key = TypeVar("Key")

_MOST_NAMED = 5
# Looking for mistyped names compares with all of them.
_MOST_COMPARED = 3_000

_BODY_HINT = "Hãy ghi đúng tên như ở mục Tổ chức, hoặc chọn trong bảng mẫu."
_POST_HINT = "Hãy chọn trong trang «Chức vụ» của bảng mẫu; chức vụ mới phải lập ở mục Tổ chức trước."


@dataclass
class Places:
    """Sổ tên: bodies in sight of the clerk, posts of the bodies for which the clerk records, work areas."""

    home: int
    bodies: Sequence[KnownBody]
    posts: Sequence[KnownPost]
    recordable: Collection[int]
    areas: Mapping[str, str]
    """Vietnamese label of each work area to its value."""
    above: Collection[int] = ()
    """Bodies above ``home``, to which it gives no tasks."""
    _body_cells: dict[str, int | Invalid] = field(default_factory=dict)
    _post_cells: dict[tuple[str, str], int | Invalid] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_id = {body.id: body for body in self.bodies}
        self._exact: defaultdict[str, set[int]] = defaultdict(set)
        self._with_word: defaultdict[str, set[int]] = defaultdict(set)
        for body in self.bodies:
            for name in body.names:
                self._exact[exact_key(name)].add(body.id)
                for word in words_of(name):
                    self._with_word[word].add(body.id)
        self._posts_of: defaultdict[int, list[KnownPost]] = defaultdict(list)
        self._by_words: defaultdict[tuple[str, ...], list[KnownPost]] = defaultdict(list)
        self._by_first_word: defaultdict[str, list[KnownPost]] = defaultdict(list)
        for post in self.posts:
            words = words_of(post.label)
            self._posts_of[post.body.id].append(post)
            self._by_words[words].append(post)
            self._by_first_word[" ".join(words[:1])].append(post)
        self._areas = {fold(label): value for label, value in self.areas.items()}
        self._body_of_post = {post.id: post.body.id for post in self.posts}

    def name(self, body: int) -> str:
        """Tên tổ chức in force now."""
        return self._by_id[body].names[0]

    def body_of_post(self, post: int) -> int:
        """Tổ chức của chức vụ."""
        return self._body_of_post[post]

    # --- work areas -------------------------------------------------------------------------------------

    def area(self, text: str) -> str:
        """Lĩnh vực; ``Invalid`` names all there are."""
        found = self._areas.get(fold(text))
        if found is None:
            raise Invalid(f"Không có lĩnh vực «{text[:60]}». Hãy chọn một trong: {'; '.join(self.areas)}.")
        return found

    # --- bodies -----------------------------------------------------------------------------------------

    def body(self, text: str) -> int:
        """The one body that the words mean; ``Invalid`` otherwise."""
        return _remembered(self._body_cells, text, self._find_body)

    def _find_body(self, text: str) -> int:
        same = self._exact.get(exact_key(text), set())
        found = same or self._alike(text)
        if len(found) > 1 and self.home in found:
            return self.home
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise Invalid(
                f"«{text[:80]}» có thể là: {self._named(found)}. Hãy ghi đủ tên của đúng một đơn vị."
            )
        raise Invalid(f"Không tìm thấy đơn vị «{text[:80]}».{self._guess(text)} {_BODY_HINT}")

    def _alike(self, text: str) -> set[int]:
        words = words_of(text)
        shared = [self._with_word[word] for word in words if word in self._with_word]
        if not shared:
            return set()
        # The rarest word that any name has: only bodies with it can hold all the words.
        near = [self._by_id[pk] for pk in min(shared, key=len)]
        ranked = body_names.matches(text, near)
        if not ranked:
            return set()
        top = (ranked[0].fit.spelling, ranked[0].fit.same_class)
        return {match.body.id for match in ranked if (match.fit.spelling, match.fit.same_class) == top}

    def _named(self, found: Iterable[int]) -> str:
        return _listed(self.name(pk) for pk in sorted(found))

    def _guess(self, text: str) -> str:
        if len(self.bodies) > _MOST_COMPARED:
            return ""
        names = {fold(body.names[0]): body.names[0] for body in self.bodies}
        close = get_close_matches(fold(text), names, n=2, cutoff=0.8)
        return f" Có phải là {' hoặc '.join(f'«{names[key]}»' for key in close)}?" if close else ""

    # --- posts ------------------------------------------------------------------------------------------

    def post(self, text: str, body_text: str) -> int:
        """The one post that the two cells mean. ``Invalid`` names the column to mend in ``fields``."""
        return _remembered(self._post_cells, (text, body_text), self._find_post)

    def _find_post(self, cells: tuple[str, str]) -> int:
        text, body_text = cells
        label, joined, body_of_label = text.partition(POST_OF_BODY.strip())
        if joined and body_of_label.strip():
            body = self._recordable(body_of_label.strip(), "post")
            if body_text and self.body(body_text) != body:
                sentence = f"Ô này ghi khác đơn vị đã chọn cùng chức vụ ({self.name(body)})."
                raise Invalid(sentence, {"body": f"{sentence} Hãy xóa ô này hoặc sửa cho khớp."})
            return self._of_body(label.strip(), body)
        if body_text:
            return self._of_body(text, self._recordable(body_text, "body"))
        return self._anywhere(text)

    def _recordable(self, text: str, column: str) -> int:
        try:
            found = self.body(text)
        except Invalid as wrong:
            raise Invalid(wrong.sentence, {column: wrong.sentence}) from None
        if found not in self.recordable:
            sentence = (
                f"Đồng chí không lập hồ sơ của {self.name(found)} nên không giao việc cho đơn vị này được."
            )
            raise Invalid(sentence, {column: sentence})
        return found

    def _of_body(self, text: str, body: int) -> int:
        there = self._posts_of[body]
        name = self.name(body)
        found = _fitting(text, there)
        if len(found) == 1:
            return found[0].id
        if found:
            labels = _listed(post.label for post in found)
            raise _at_post(
                f"«{text[:80]}» ở {name} có thể là: {labels}. Hãy ghi đủ tên của đúng một chức vụ."
            )
        if not there:
            raise _at_post(f"{name} chưa có chức vụ nào trong Soi. Hãy lập chức vụ ở mục Tổ chức trước.")
        raise _at_post(
            f"{name} không có chức vụ «{text[:80]}». Ở đó có: {_listed(post.label for post in there)}."
        )

    def _anywhere(self, text: str) -> int:
        at_home = _fitting(text, self._posts_of[self.home])
        if len(at_home) == 1:
            return at_home[0].id
        words = words_of(text)
        found = self._by_words.get(words) or _fitting(text, self._by_first_word.get(" ".join(words[:1]), ()))
        if len(found) == 1:
            return found[0].id
        if found:
            named = _listed(f"{post.label}{POST_OF_BODY}{post.body.names[0]}" for post in found)
            raise _at_post(f"Nhiều đơn vị có «{text[:80]}»: {named}. Hãy ghi thêm đơn vị ở cột «Đơn vị».")
        raise _at_post(f"Không tìm thấy chức vụ «{text[:80]}». {_POST_HINT}")


def _fitting(text: str, posts: Sequence[KnownPost]) -> list[KnownPost]:
    """Equal names, else those of which one is the other with words of the body's name behind it."""
    words = words_of(text)
    same = [post for post in posts if words_of(post.label) == words]
    if len(same) > 1:
        marks = exact_key(text)
        same = [post for post in same if exact_key(post.label) == marks] or same
    return same or [post for post in posts if best_post(text, None, [post])]


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = len(every) - _MOST_NAMED
    return "; ".join(every[:_MOST_NAMED]) + (f"; và {more} nữa" if more > 0 else "")


def _at_post(sentence: str) -> Invalid:
    return Invalid(sentence, {"post": sentence})


def _remembered(kept: dict[Key, int | Invalid], key: Key, find: Callable[[Key], int]) -> int:
    """The same words mean the same, and fail the same; looked up once."""
    if key not in kept:
        try:
            kept[key] = find(key)
        except Invalid as wrong:
            kept[key] = wrong
    found = kept[key]
    if isinstance(found, Invalid):
        raise Invalid(found.sentence, found.fields)
    return found
