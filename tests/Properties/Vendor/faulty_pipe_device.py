"""The example of docs/examples with one fault, named by the first argument. Faults of a call show where A has 5 rows, or everywhere with -always."""
import atexit
import os
import signal
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "docs" / "examples"))
sys.dont_write_bytecode = True
import pipe_device as sound  # noqa: E402

fault = sys.argv[1].removesuffix("-always")
always = fault != sys.argv[1]
ODD_ROWS = 5


def reply(status=0, payload_bytes=0, magic=b"SPKR", text_bytes=0, sequence=None):
    number = current[1] if sequence is None else sequence
    return sound.REPLY.pack(magic, status, number, 0, 0, 0, 0, text_bytes, 0, payload_bytes)


current = [0, 0]  # command and number of the request at hand


def send(data):
    sound.stdout.write(data)
    sound.stdout.flush()


def instead(data):
    """Sends this instead of the reply, and forgets the reply that follows."""
    send(data)
    muted[0] = True


muted = [False]


class Tap:
    """Standard input, with the header of each request looked at in passing."""

    def read(self, length):
        data = source.read(length)
        if length == sound.REQUEST.size and len(data) == length and data[:4] == b"SPKQ":
            current[:] = struct.unpack_from("<IQ", data, 4)
        return data


class Valve:
    """Standard output; drops what belongs to a muted reply."""

    def write(self, data):
        if muted[0]:
            dropped[0] += 1
            if dropped[0] == 2:
                muted[0], dropped[0] = False, 0
        else:
            sink.write(data)

    def flush(self):
        sink.flush()


dropped = [0]
source, sink = sound.stdin, sound.stdout
sound.stdin = Tap()
sound_matmul = sound.Device.matmul


def matmul(device, m, k, n, out_bytes, a, b):
    if fault == "floods-stderr":
        os.write(2, b"x" * 1000000 + b"\nall is well\n")
    if fault == "remembers" and getattr(sound, "was_odd", False):
        return b"\x7f" * (m * n * 4)
    if m != ODD_ROWS and not always:
        return sound_matmul(device, m, k, n, out_bytes, a, b)
    if fault == "refuses-and-writes":
        instead(reply(status=3, payload_bytes=out_bytes) + bytes(out_bytes))
        return b""
    out = sound_matmul(device, m, k, n, out_bytes, a, b)
    sound.was_odd = True
    if fault == "wrong-value":
        return bytes(3) + b"\x7e" + out[4:]
    if fault == "hangs":
        while True:
            signal.pause()
    if fault == "prints-unflushed":
        print_late(b"five rows, please\n")
    if fault == "raises":
        raise ValueError("five rows are too many")
    if fault == "exits":
        os._exit(7)
    if fault == "kills-itself":
        os.kill(os.getpid(), signal.SIGKILL)
    if fault == "closes-output":
        os.close(1)
        while True:
            signal.pause()
    if fault == "ends-in-header":
        send(reply(payload_bytes=len(out))[:20])
        os._exit(0)
    if fault == "ends-in-payload":
        send(reply(payload_bytes=len(out)) + out[:8])
        os._exit(1)
    if fault == "garbage":
        instead(b"ready.\n" * 10)
    if fault == "huge":
        instead(reply(payload_bytes=1 << 62))
    if fault == "one-too-many":
        return out + b"\0"
    if fault == "long-text":
        instead(reply(status=4711, text_bytes=192) + b"x" * 192)
    if fault == "other-number":
        instead(reply(sequence=99, payload_bytes=len(out)) + out)
    if fault == "stalls-in-payload":
        send(reply(payload_bytes=len(out)) + out[:-1])
        while True:
            signal.pause()
    if fault == "extra-bytes":
        send(reply(payload_bytes=len(out)) + out)
        instead(b"and one more thing")
    if fault == "short":
        return out[:-4]
    if fault == "says-nothing":
        return b""
    if fault == "starts-daemon":
        child = os.fork()
        if child == 0:
            os.setsid()
            os.close(0), os.close(1), os.close(2)
            while True:
                signal.pause()
        Path(sys.argv[2]).write_text(f"{os.getpid()} {child}\n")
        while True:
            signal.pause()
    return out


def print_late(data):
    """What a runtime keeps back until the process ends."""
    atexit.register(os.write, 1, data)


sound.Device.matmul = matmul
sound_reply = sound.answer


def watched(device, command, x, first, second):
    counts[command] = counts.get(command, 0) + 1
    if fault == "ends-on-the-second-open" and command == sound.OPEN and counts[command] == 2:
        os._exit(5)
    if fault == "more-behind-close" and command == sound.CLOSE:
        send(reply() + b"more")
        muted[0] = True
    return sound_reply(device, command, x, first, second)


counts = {}
if fault in ("ends-on-the-second-open", "more-behind-close"):
    sound.answer = watched
if fault == "prints-at-the-end":
    print_late(b"bye\n")
if fault in ("garbage", "huge", "long-text", "other-number", "extra-bytes", "refuses-and-writes", "more-behind-close"):
    sound.stdout = Valve()
elif fault == "prints-at-once":
    print("hello, world", flush=True)
elif fault == "exits-at-once":
    sys.exit("no card in slot 3")
elif fault == "other-major":
    sound.VERSION = 2 << 16
elif fault == "unknown-class":
    text = sound.description()
    sound.description = lambda: b"\x4d" + text[1:]
elif fault == "short-description":
    sound.description = lambda: bytes(100)
elif fault == "refuses-to-open":
    sound_answer = sound.answer

    def answer(device, command, x, first, second):
        if command == sound.OPEN:
            raise sound.Refusal(6, 2, text="/dev/spanker0")
        return sound_answer(device, command, x, first, second)

    sound.answer = answer

sound.main()
