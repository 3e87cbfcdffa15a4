"""From a file or standard input to an article, and the reasons why not."""

import io
import os
from pathlib import Path

import pytest

from stance.errors import ReadError
from stance.reading import text as reading
from stance.reading.text import (
    MAX_BYTES,
    article_from_bytes,
    article_from_text,
    read_article,
    read_bytes,
    read_standard_input,
)

TEXT = "A quiet meeting\n\nThe ministers met by the lake. They said “nothing”.\n"


def test_a_file_becomes_an_article(tmp_path: Path) -> None:
    path = tmp_path / "lake.txt"
    path.write_bytes(TEXT.encode("cp1252"))
    article = read_article(path, source="Lake Post", date="2016-05-03")
    assert (article.id, article.path, article.text) == ("lake", str(path), TEXT)
    assert (article.encoding, article.title) == ("cp1252", "A quiet meeting")
    assert (article.source, article.date) == ("Lake Post", "2016-05-03")
    assert article.notes
    assert len(article.blocks) == 2


def test_an_id_may_be_given(tmp_path: Path) -> None:
    path = tmp_path / "lake.txt"
    path.write_text(TEXT)
    assert read_article(path, id="a/lake").id == "a/lake"


def test_line_ends_are_not_translated(tmp_path: Path) -> None:
    path = tmp_path / "lake.txt"
    path.write_bytes(b"One\r\n\r\nTwo\rThree\n")
    assert read_article(path).text == "One\r\n\r\nTwo\rThree\n"


def test_a_title_that_is_known_stands() -> None:
    assert article_from_text(TEXT, id="x", title="Lake talks").title == "Lake talks"
    assert article_from_text(TEXT, id="x").title == "A quiet meeting"


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", "\ufeff \n".encode("utf-16-le")])
def test_an_empty_document_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="empty"):
        article_from_bytes(data, id="x")


def test_text_in_memory_may_be_empty() -> None:
    article = article_from_text("", id="x")
    assert (article.blocks, article.title) == ((), "")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read_bytes(tmp_path / "none.txt")


def test_a_folder_points_to_batch(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="stance batch"):
        read_bytes(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(ReadError, match="not a regular file"):
        read_bytes(path)


def test_a_device_is_not_read() -> None:
    with pytest.raises(ReadError, match="not a regular file"):
        read_bytes(Path("/dev/zero"))


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(ReadError, match="cannot be read"):
        read_bytes(tmp_path / "a")


@pytest.mark.parametrize("name", ["x" * 300, "nul\x00byte"])
def test_an_impossible_name_is_an_error_of_ours(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReadError):
        read_bytes(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "shut.txt"
    path.write_text(TEXT)
    path.chmod(0)
    with pytest.raises(ReadError, match="permission"):
        read_bytes(path)


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "vast.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ReadError, match="64 MiB"):
        read_bytes(path)


def standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(reading.sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input_is_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, TEXT.encode())
    article = read_standard_input(date="2016-05-03")
    assert (article.id, article.path, article.text, article.date) == ("stdin", "-", TEXT, "2016-05-03")


def test_standard_input_over_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    standard_input(monkeypatch, TEXT.encode())
    with pytest.raises(ReadError, match="limit"):
        read_standard_input()


def test_no_standard_input_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading.sys, "stdin", None)
    with pytest.raises(ReadError, match="standard input"):
        read_standard_input()
