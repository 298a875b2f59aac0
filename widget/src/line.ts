import { newId } from "./visitor.ts";

const GATHER_MS = 800;
const MOST_IN_BATCH = 50;
/** Bytes; the server takes 32 KB an event. */
const LARGEST_EVENT = 32_000;
/** Bytes that go at once: a browser lets no more than 64 KB go when a page is left. */
const MOST_AT_ONCE = 60_000;
const MOST_WAITING = 500;
const LONGEST_PAUSE_MS = 60_000;

type Event = Record<string, unknown>;

/** Sends what happens, in batches; keeps it while the line is gone or the server asks to wait. */
export class Line {
  readonly #url: string;
  readonly #key: string;
  /** In JSON, so that one that cannot be written holds up no other. */
  #waiting: string[] = [];
  #isWaiting = false;
  #pause = GATHER_MS;
  #isSending = false;

  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
    const leave = (): void => {
      if (document.visibilityState === "hidden") this.#leave();
    };
    addEventListener("visibilitychange", leave);
    addEventListener("pagehide", () => this.#leave());
    addEventListener("online", () => void this.#send());
  }

  add(event: Event): void {
    const text = JSON.stringify({ ...event, messageId: newId(), timestamp: new Date().toISOString() }, writable);
    if (bytesOf(text) > LARGEST_EVENT) throw new RangeError("An event has at most 32 KB.");
    this.#waiting.push(text);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    this.#later();
  }

  drop(): void {
    this.#waiting = [];
  }

  #later(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => {
      this.#isWaiting = false;
      void this.#send();
    }, this.#pause);
  }

  async #send(): Promise<void> {
    if (this.#isSending || this.#waiting.length === 0) return;
    this.#isSending = true;
    const batch = beginningOf(this.#waiting);
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        body: this.#bodyOf(batch),
        headers: { "content-type": "text/plain" },
        credentials: "omit",
      });
      const isToRepeat = response.status === 429 || response.status >= 500;
      this.#pause = isToRepeat
        ? Math.min(LONGEST_PAUSE_MS, Number(response.headers.get("retry-after")) * 1000 || this.#pause * 2)
        : GATHER_MS;
      if (!isToRepeat) this.#waiting = this.#waiting.filter((event) => !batch.includes(event));
    } catch {
      this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2);
    } finally {
      this.#isSending = false;
      if (this.#waiting.length > 0) this.#later();
    }
  }

  /**
   * The page goes: what waits is handed to the browser, which lets 64 KB go in all. The server knows what it has already
   * by its id.
   */
  #leave(): void {
    for (let most = MOST_AT_ONCE; this.#waiting.length > 0;) {
      const batch = beginningOf(this.#waiting, most);
      if (navigator.sendBeacon(this.#url, this.#bodyOf(batch))) this.#waiting = this.#waiting.slice(batch.length);
      else if (batch.length > 1) most /= 2;
      else return;
    }
  }

  #bodyOf(batch: readonly string[]): string {
    return `{"writeKey":${JSON.stringify(this.#key)},"batch":[${batch.join(",")}],"sentAt":"${new Date().toISOString()}"}`;
  }
}

/** As many of the first as go at once; one at least. */
function beginningOf(waiting: readonly string[], most = MOST_AT_ONCE): string[] {
  let size = 0;
  const end = waiting.findIndex((event, index) => (size += bytesOf(event)) > most && index > 0);
  return waiting.slice(0, end === -1 ? MOST_IN_BATCH : Math.min(end, MOST_IN_BATCH));
}

function bytesOf(text: string): number {
  return new Blob([text]).size;
}

/** JSON knows no such numbers. */
function writable(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
