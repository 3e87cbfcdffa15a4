"""Make the README's picture of the report: `python docs/make_picture.py ARTICLE PICTURE.svg [DATE]`."""

import sys
from pathlib import Path

from stance.pipeline import analyze
from stance.reading.text import read_article
from stance.report.picture import export_svg
from stance.resources import load_resources


def main() -> None:
    """Analyse an article and export its report."""
    article, picture = Path(sys.argv[1]), Path(sys.argv[2])
    resources = load_resources()
    analysis = analyze(read_article(article, date=sys.argv[3] if len(sys.argv) > 3 else ""), resources)
    export_svg(analysis, picture, roster=resources.roster)


if __name__ == "__main__":
    main()
