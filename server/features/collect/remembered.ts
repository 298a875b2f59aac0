import { now } from "../../platform/clock.ts";

const LASTS = 5_000;
const MOST = 5_000;

/**
 * What the database said, kept for five seconds: thousands of requests ask for the same few rows. What this process
 * changes it forgets at once; other processes hear of it within those seconds.
 */
export class Remembered<T> {
  readonly #load: (key: string) => Promise<T>;
  readonly #kept = new Map<string, { value: Promise<T>; until: number }>();

  constructor(load: (key: string) => Promise<T>) {
    this.#load = load;
  }

  get(key: string): Promise<T> {
    const at = now().getTime();
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.until > at && kept.until <= at + LASTS) return kept.value;
    const value = this.#load(key);
    if (this.#kept.size >= MOST) this.#kept.clear();
    this.#kept.set(key, { value, until: at + LASTS });
    value.catch(() => this.#kept.delete(key));
    return value;
  }

  forget(): void {
    this.#kept.clear();
  }
}
