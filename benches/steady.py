"""Asks for addresses at a steady rate, whether or not the server keeps up, and says how long answers took from the moment at
which they were due: steady.py RATE SECONDS COOKIES ADDRESSES"""

import asyncio
import collections
import random
import re
import sys
import time

RATE, SECONDS = float(sys.argv[1]), float(sys.argv[2])
CONNECTIONS = 32


def cookies(path):
    rows = [line.removeprefix("#HttpOnly_").split("\t") for line in open(path)]
    return "; ".join(f"{row[5]}={row[6].strip()}" for row in rows if len(row) == 7)


async def ask(reader, writer, address, cookie):
    head = f"GET {address} HTTP/1.1\r\nhost: 127.0.0.1:18080\r\naccept-encoding: gzip\r\ncookie: {cookie}\r\n\r\n"
    writer.write(head.encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(re.search(r"content-length: (\d+)", head)[1])
    await reader.readexactly(length)
    return int(head.split(" ")[1]), length


async def worker(due, cookie, done):
    reader, writer = await asyncio.open_connection("127.0.0.1", 18080)
    while True:
        at, address = await due.get()
        status, length = await ask(reader, writer, address, cookie)
        done.append((time.monotonic() - at, address, status, length))
        due.task_done()


async def main():
    cookie, addresses = cookies(sys.argv[3]), open(sys.argv[4]).read().split()
    random.Random(1).shuffle(addresses)
    due, done = asyncio.Queue(), []
    workers = [asyncio.create_task(worker(due, cookie, done)) for _ in range(CONNECTIONS)]
    start = time.monotonic()
    for number in range(int(RATE * SECONDS)):
        at = start + number / RATE
        await asyncio.sleep(max(0, at - time.monotonic()))
        due.put_nowait((at, addresses[number % len(addresses)]))
    await due.join()
    for one in workers:
        one.cancel()
    report(done)


def report(done):
    took = sorted(seconds for seconds, *_ in done)
    part = lambda p: f"{1000 * took[int(p * (len(took) - 1))]:.1f} ms"
    print(f"{len(done)} answers: p50 {part(0.5)}, p95 {part(0.95)}, p99 {part(0.99)}, worst {part(1)}")
    print("statuses:", dict(collections.Counter(status for _, _, status, _ in done)))
    kinds = collections.defaultdict(list)
    for seconds, address, _, length in done:
        path, _, query = address.partition("?")
        parts = path.split("/")[3:]
        named = bool(parts) and "-" in parts[0]
        kind = (parts[0] if named else "question" + "".join(f"/{p}" for p in parts[1:])) if parts else "overview"
        kinds[kind + (" of a place" if query else "")].append((seconds, length))
    for kind, all in sorted(kinds.items()):
        slow = sorted(seconds for seconds, _ in all)
        at = lambda p: 1000 * slow[int(p * (len(slow) - 1))]
        print(f"  {kind}: {len(all)}, p50 {at(0.5):.1f} ms, p99 {at(0.99):.1f} ms, at most {max(n for _, n in all)} bytes")


asyncio.run(main())
