#!/usr/bin/env python3
"""A device behind the pipe protocol (docs/pipe-protocol.md): class f32, standard library only.

    spanker-conformance run --device 'exec:python3 docs/examples/pipe_device.py'
"""
import struct
import sys
from array import array
from functools import lru_cache
from math import inf
from operator import mul

HELLO, OPEN, CLOSE, MATMUL, FORM_TOPOLOGY, ALL_REDUCE, ALL_GATHER, TAKE_PHASES = range(8)
OK, BAD_DIMS, OUTPUT_TOO_SMALL, NOT_IMPLEMENTED, TOPOLOGY_MISMATCH, SHAPE_MISMATCH = range(6)
REQUEST = struct.Struct("<4sIQ4QQQ")  # magic, command, sequence, four arguments, lengths of the two parts
REPLY = struct.Struct("<4siQ4QIIQ")  # magic, status, sequence, four fields, length of the text, 0, length of the payload
DESCRIPTION = struct.Struct("<8I5Q64s64s")
MOST = 2**64 - 1
VERSION = 1 << 16  # 1.0

stdin, stdout = sys.stdin.buffer, sys.stdout.buffer


class Refusal(Exception):
    """A call that fails: a status, up to four fields, a text."""

    def __init__(self, status, *fields, text=""):
        self.status, self.fields, self.text = status, fields, text


# A block is 144 bytes: d and dmin (binary16), 12 bytes of packed 6-bit scales and minimums, 256 4-bit values.
# d*sc*q and dmin*m are exact in binary64, and so is their difference: array("f") rounds it to binary32, once.
@lru_cache(maxsize=4096)
def decode_block(block):
    d, dmin = struct.unpack_from("<ee", block)
    p, nibbles = block[4:16], block[16:]
    weights = []
    for s in range(8):
        if s < 4:
            scale, minimum = p[s] & 63, p[s + 4] & 63
        else:
            scale, minimum = p[s + 4] & 15 | p[s - 4] >> 6 << 4, p[s + 4] >> 4 | p[s] >> 6 << 4
        step, offset = d * scale, dmin * minimum
        level = [step * q - offset for q in range(16)]
        shift = s % 2 * 4
        weights += [level[byte >> shift & 15] for byte in nibbles[s // 2 * 32 : s // 2 * 32 + 32]]
    return array("f", weights)


def decode_rows(data, rows, k):
    row_bytes = k // 256 * 144
    for row in range(rows):
        weights = array("f")
        for at in range(row * row_bytes, (row + 1) * row_bytes, 144):
            weights += decode_block(data[at : at + 144])
        yield weights


def round32(x):
    """The binary32 nearest to x, ties to even; struct refuses what rounds to an infinity."""
    try:
        return struct.unpack("<f", struct.pack("<f", x))[0]
    except OverflowError:
        return inf if x > 0 else -inf


class Device:
    def __init__(self):
        self.phases = []
        self.sails = 0

    def matmul(self, m, k, n, out_bytes, a, b):
        bad = Refusal(BAD_DIMS, m, k, n, 256)
        if k == 0 or k % 256:
            raise bad
        row_bytes = k // 256 * 144
        if max(m * row_bytes, n * row_bytes, m * n * 4) > MOST or len(a) != m * row_bytes or len(b) != n * row_bytes:
            raise bad
        if out_bytes < m * n * 4:
            raise Refusal(OUTPUT_TOO_SMALL, out_bytes, m * n * 4)
        if m == 0 or n == 0:
            return b""
        self.phases = [(0, len(a), 0, 0, 0), (1, len(b), 0, 0, 0), (2, 0, m, k, n), (3, m * n * 4, 0, 0, 0)]
        # Products of binary32 values are exact in binary64; the sum is kept in binary64 and rounded at the end.
        columns = list(decode_rows(b, n, k))
        return b"".join(
            struct.pack("<f", round32(sum(map(mul, row, column)))) for row in decode_rows(a, m, k) for column in columns
        )

    def split(self, count, table, data):
        lengths = struct.unpack(f"<{count}Q", table)
        if count != self.sails:
            raise Refusal(TOPOLOGY_MISMATCH, self.sails, count)
        for sail, length in enumerate(lengths):
            if length != lengths[0]:
                raise Refusal(SHAPE_MISMATCH, sail, lengths[0], length)
        size = lengths[0] if lengths else 0
        values = struct.unpack(f"<{count * size}f", data)
        return [values[i * size : (i + 1) * size] for i in range(count)]

    def all_reduce(self, operation, buffers):
        if operation > 3:
            raise Refusal(NOT_IMPLEMENTED, text=f"reduce operation {operation}")
        result = list(buffers[0]) if buffers else []
        for buffer in buffers[1:]:
            for i, x in enumerate(buffer):
                if operation in (0, 3):
                    result[i] = round32(result[i] + x)
                elif x > result[i] if operation == 1 else x < result[i]:
                    result[i] = x
        if operation == 3:
            result = [round32(x / len(buffers)) for x in result]
        return struct.pack(f"<{len(result)}f", *result) * len(buffers)


def answer(device, command, x, first, second):
    """The payload of a successful reply; anything else is a Refusal."""
    if command == MATMUL:
        return device.matmul(*x, first, second)
    if command == FORM_TOPOLOGY:
        device.sails = x[0]
    elif command == ALL_REDUCE:
        return device.all_reduce(x[0], device.split(x[1], first, second))
    elif command == ALL_GATHER:
        buffers = device.split(x[1], first, second)
        return struct.pack(f"<{sum(map(len, buffers))}f", *(value for buffer in buffers for value in buffer))
    elif command == TAKE_PHASES:
        phases, device.phases = device.phases, []
        return b"".join(struct.pack("<II4Q", kind, 0, *rest) for kind, *rest in phases)
    elif command > TAKE_PHASES:
        raise Refusal(NOT_IMPLEMENTED, text=f"command {command}")
    return b""


def description():
    return DESCRIPTION.pack(
        1, 0, 1, 0, 1, 8, 1, 0,  # class f32, any order, rounded weights, IEEE, deterministic, 8 Sails, phases, 0
        0, 0, 0, 0, 4_000_000,  # no limit of m, n, k and of time; products a second
        b"pipe_device.py", b"Spanker Conformance",
    )


def main():
    device = Device()
    while len(header := stdin.read(REQUEST.size)) == REQUEST.size:
        _, command, sequence, *x, first_bytes, second_bytes = REQUEST.unpack(header)
        first, second = stdin.read(first_bytes), stdin.read(second_bytes)
        status, fields, text, payload = OK, (), b"", b""
        try:
            if command == HELLO:
                fields, payload = (VERSION,), description()
            else:
                if command == OPEN:
                    device = Device()
                payload = answer(device, command, x, first, second)
        except Refusal as refusal:
            status, fields, text = refusal.status, refusal.fields, refusal.text.encode()[:191]
        stdout.write(REPLY.pack(b"SPKR", status, sequence, *fields, *[0] * (4 - len(fields)), len(text), 0, len(payload)))
        stdout.write(text + payload)
        stdout.flush()


if __name__ == "__main__":
    main()
