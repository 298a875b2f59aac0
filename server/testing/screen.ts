import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface Message {
  type: "hello" | "interactions" | "behind";
  position: number;
  items?: { id: string; kind: string }[];
}

const [TEXT, CLOSE] = [1, 8];

/** A WebSocket by hand (RFC 6455), with a key in its headers, and free to misbehave. */
export class Screen {
  heard: Message[] = [];
  isGone = false;
  readonly socket: Socket;
  #bytes = Buffer.alloc(0);

  constructor(socket: Socket, head: Buffer) {
    this.socket = socket;
    socket.on("data", (bytes: Buffer) => this.#take(bytes));
    socket.on("close", () => (this.isGone = true));
    socket.on("error", () => undefined);
    this.#take(head);
  }

  static async open(port: number, key: string, position?: number): Promise<Screen> {
    const asking = upgrade(port, key, position);
    const [, socket, head] = (await once(asking, "upgrade")) as [unknown, Socket, Buffer];
    return new Screen(socket, head);
  }

  async until(holds: (heard: Message[]) => boolean): Promise<Message[]> {
    for (const end = Date.now() + 8_000; !holds(this.heard); await sleep(10))
      assert.ok(Date.now() < end, `heard ${JSON.stringify(this.heard).slice(0, 400)}`);
    return this.heard;
  }

  ids(): string[] {
    return this.heard.flatMap((each) => each.items ?? []).map((each) => each.id);
  }

  kinds(): string[] {
    return this.heard.flatMap((each) => each.items ?? []).map((each) => each.kind);
  }

  leave(): void {
    this.socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    while (this.#bytes.length >= 2) {
      const short = (this.#bytes[1] ?? 0) & 127;
      const start = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (this.#bytes.length < start) return;
      const length = short === 126 ? this.#bytes.readUInt16BE(2) : short === 127 ? Number(this.#bytes.readBigUInt64BE(2)) : short;
      if (this.#bytes.length < start + length) return;
      const kind = (this.#bytes[0] ?? 0) & 15;
      if (kind === CLOSE) return void this.socket.destroy();
      if (kind === TEXT) this.heard.push(JSON.parse(this.#bytes.toString("utf8", start, start + length)));
      this.#bytes = this.#bytes.subarray(start + length);
    }
  }
}

/** Asks to be let in; answers with `upgrade` or, when it is refused, with `response`. */
export function upgrade(port: number, key: string, position?: number): ReturnType<typeof request> {
  const asking = request({
    host: "127.0.0.1",
    port,
    path: `/api/v1/live${position === undefined ? "" : `?after=${position}`}`,
    headers: {
      authorization: `Bearer ${key}`,
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": randomBytes(16).toString("base64"),
    },
  });
  asking.end();
  return asking;
}

/** A masked frame, as clients send them. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}
