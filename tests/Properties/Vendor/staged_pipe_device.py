"""The example of docs/examples, which says at one stage of its life that it got there, and goes on when it is told to.

    staged_pipe_device.py    STAGE, TOLD and GO in the environment: start, hello, open, call-N or close; a pipe to write to, and one to read from;
                             LIMIT: the milliseconds that it says a call may take
"""
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "docs" / "examples"))
sys.dont_write_bytecode = True
import pipe_device as sound  # noqa: E402

calls = 0
sound_answer, sound_description = sound.answer, sound.description


def reach(stage):
    if os.environ.get("STAGE") == stage:
        os.environ["STAGE"] = ""
        Path(os.environ["TOLD"]).write_text(f"{os.getpid()}\n")
        Path(os.environ["GO"]).read_text()


def answer(device, command, x, first, second):
    global calls
    if command == sound.OPEN:
        reach("open")
    if command == sound.CLOSE:
        reach("close")
    if command == sound.MATMUL:
        calls += 1
        reach(f"call-{calls}")
    return sound_answer(device, command, x, first, second)


def description():
    reach("hello")
    said = sound_description()
    # A limit of a call in milliseconds lies behind eight words and three limits of sizes.
    limit = int(os.environ.get("LIMIT", "0")).to_bytes(8, "little")
    return said[:56] + limit + said[64:]


sound.answer, sound.description = answer, description
reach("start")
sound.main()
