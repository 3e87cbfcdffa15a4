"""The command line: parse, call, print, exit code; no logic."""

from __future__ import annotations

import gc
import os

from stance.cli.signals import install_signals

DONE, SOME_FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def main() -> int:
    """Run the command line and return its exit code.

    0 all well, 1 some documents failed, 2 the command cannot be done, 130 interrupted, 143 terminated.
    """
    # Imports and lexicons stay for the whole run; looking for garbage among them only costs time. `load_resources`
    # turns the collector on again.
    gc.disable()
    install_signals()
    # Imported here, not above: from now on a signal ends the program without a traceback.
    from stance.cli.streams import finish, prepare_streams  # noqa: PLC0415

    prepare_streams()
    try:
        code = _run()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else USAGE
    return finish(code)


def _run() -> int:
    import typer  # noqa: PLC0415 - after the signals, as above

    from stance.cli.app import app  # noqa: PLC0415
    from stance.cli.messages import complain, say_usage, unforeseen  # noqa: PLC0415
    from stance.cli.streams import is_full, stdout_error  # noqa: PLC0415
    from stance.errors import ReadError, StanceError  # noqa: PLC0415

    # typer gives the base of its usage errors no public name.
    usage_error: type[Exception] = typer.BadParameter.__bases__[0]
    try:
        code = app(prog_name="stance", standalone_mode=False)
    except StanceError as error:
        complain(error)
        return SOME_FAILED if isinstance(error, ReadError) else USAGE
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except usage_error as error:
        return say_usage(error)
    except Exception as error:
        if isinstance(error, OSError) and is_full(error):
            complain(stdout_error(error))
        elif os.environ.get("STANCE_DEBUG"):
            raise
        else:
            unforeseen(error)
        return USAGE
    return code if isinstance(code, int) else DONE
