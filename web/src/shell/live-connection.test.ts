import assert from "node:assert/strict";
import { test } from "node:test";
import { keepLive, readMessage } from "./live-connection.ts";
import type { Socket } from "./live-connection.ts";

class StandInSocket implements Socket {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  path: string;
  constructor(path: string) {
    this.path = path;
  }
  tell(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  close(): void {
    this.onclose?.();
  }
}

function setUp() {
  const sockets: StandInSocket[] = [];
  const seen: string[] = [];
  const waits: { run: () => void; ms: number }[] = [];
  let behind = 0;
  const live = keepLive({
    open: (path) => {
      const socket = new StandInSocket(path);
      sockets.push(socket);
      return socket;
    },
    onInteractions: (items) => seen.push(...items.map((item) => item.id)),
    onBehind: () => (behind += 1),
    onState: () => {},
    wait: (run, ms) => waits.push({ run, ms }),
    random: () => 1,
  });
  return { sockets, seen, waits, live, behindCount: () => behind };
}

const item = (id: string) => ({
  id,
  kind: "message.received",
  customerId: null,
  conversationId: null,
  orderId: null,
  memberId: null,
  occurredAt: "",
});

test("after a lost connection Ada's screen resumes where it was", () => {
  const { sockets, seen, waits } = setUp();
  sockets[0]?.tell({ type: "hello", position: 40 });
  sockets[0]?.tell({ type: "interactions", position: 41, items: [item("int_15")] });
  sockets[0]?.close();
  waits[0]?.run();
  assert.equal(sockets[1]?.path, "/api/v1/live?after=41");
  sockets[1]?.tell({ type: "hello", position: 43 });
  sockets[1]?.close();
  waits[1]?.run();
  assert.equal(sockets[2]?.path, "/api/v1/live?after=41");
  sockets[2]?.tell({ type: "interactions", position: 43, items: [item("int_16"), item("int_17")] });
  assert.deepEqual(seen, ["int_15", "int_16", "int_17"]);
});

test("it waits longer each time, up to half a minute, and starts again after a hello", () => {
  const { sockets, waits } = setUp();
  for (let index = 0; index < 9; index += 1) {
    sockets.at(-1)?.close();
    waits.at(-1)?.run();
  }
  assert.deepEqual(
    waits.slice(0, 3).map((each) => each.ms),
    [500, 1000, 2000],
  );
  assert.equal(waits.at(-1)?.ms, 30_000);
  sockets.at(-1)?.tell({ type: "hello", position: 1 });
  sockets.at(-1)?.close();
  assert.equal(waits.at(-1)?.ms, 500);
});

test("told that it is behind, it fetches everything and goes on from the new position", () => {
  const { sockets, waits, behindCount } = setUp();
  sockets[0]?.tell({ type: "hello", position: 4 });
  assert.equal(behindCount(), 1, "what was fetched before anybody listened is fetched again");
  sockets[0]?.tell({ type: "behind", position: 900 });
  assert.equal(behindCount(), 2);
  sockets[0]?.close();
  waits[0]?.run();
  assert.equal(sockets[1]?.path, "/api/v1/live?after=900");
});

test("when the network is back there is no second socket beside a living one", () => {
  const { sockets, live } = setUp();
  live.nudge();
  assert.equal(sockets.length, 1);
});

test("what makes no sense is passed over", () => {
  for (const data of ["{", "null", "[]", '{"type":"hello"}', '{"type":"interactions","position":1}', 7]) {
    assert.equal(readMessage(data), null);
  }
});
