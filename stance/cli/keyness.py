"""`stance keyness`: which words go with an actor here more than there."""

from pathlib import Path
from typing import Annotated

import typer


def keyness(
    scores: Annotated[
        Path, typer.Argument(metavar="SCORES", help="Scores of `stance batch`, in any of its formats.")
    ],
    by: Annotated[
        str, typer.Option(metavar="COLUMN", help="The column that tells the groups, such as source.")
    ],
    first: Annotated[str, typer.Option(metavar="VALUE", help="Its value in the first group.")],
    second: Annotated[
        str | None, typer.Option(metavar="VALUE", help="Its value in the second; all others if not given.")
    ] = None,
    actor: Annotated[str | None, typer.Option(metavar="ID", help="Only this actor's sentences.")] = None,
    top: Annotated[int, typer.Option(metavar="NUMBER", help="How many words of each group at most.")] = 20,
) -> int:
    """Say which words go with an actor in one group of articles more than in another, columns parted by tabs.

    Log-odds with an informative prior (Monroe et al. 2008); |z| of 1.96 is 95 % for one word asked about alone.
    """
    from stance.cli.output import StandardOutput  # noqa: PLC0415 - see app.py
    from stance.report.safe import one_line  # noqa: PLC0415
    from stance.study.key_words import compare_words, strongest  # noqa: PLC0415
    from stance.study.scores_file import read_scores  # noqa: PLC0415

    keys = compare_words(read_scores(scores), by=by, first=first, second=second, actor=actor)
    groups = zip((first, second or f"not {first}"), strongest(keys, max(top, 0)), strict=True)
    with StandardOutput() as out:
        out.write(b"group\tword\tz\tlog_odds\tfirst\tsecond\n")
        for group, own in groups:
            for key in own:
                cells = (
                    group,
                    key.word,
                    f"{key.z:.2f}",
                    f"{key.log_odds:.2f}",
                    str(key.first),
                    str(key.second),
                )
                out.write(("\t".join(map(one_line, cells)) + "\n").encode("utf-8"))
    return 0
