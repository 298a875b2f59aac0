import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { isGone } from "../db/failures.ts";

type Callback = (error: Error | undefined, client: pg.PoolClient | undefined, release: (release?: unknown) => void) => void;

const RETRY_MS = 500;
const REPEAT_ME = "40001";

/**
 * A pool for the job queue that sits out an outage: whoever asks for a connection waits until there is one. The queue
 * repeats what fails with a serialization error, so a connection that breaks in use is reported as one; any other
 * error would end the process (graphile-worker does not await the statements that mark a job as done or failed).
 */
export class PatientPool extends pg.Pool {
  readonly #ending = Promise.withResolvers<void>();
  #isEnding = false;

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<pg.PoolClient> | void {
    const client = this.#connectWhenThere();
    if (!callback) return client;
    client.then(
      (got) => callback(undefined, got, (error) => got.release(error instanceof Error ? error : undefined)),
      (error: Error) => callback(error, undefined, () => undefined),
    );
  }

  /**
   * For a process that is to end: returns once the database is found to be away, and not while it is there. Whoever
   * asked for a connection goes on waiting, since an error would end the process before the rest of it has stopped.
   */
  untilAway(): Promise<void> {
    this.#isEnding = true;
    return this.#ending.promise;
  }

  async #connectWhenThere(): Promise<pg.PoolClient> {
    for (;;) {
      try {
        return repeating(await super.connect());
      } catch (error) {
        if (!isGone(error)) throw error;
        if (this.#isEnding) this.#ending.resolve();
        await sleep(RETRY_MS, undefined, { ref: !this.#isEnding });
      }
    }
  }
}

function repeating(client: pg.PoolClient): pg.PoolClient {
  return new Proxy(client, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== "function") return value;
      if (property !== "query") return value.bind(target);
      return (...words: unknown[]) => {
        const result: unknown = value.apply(target, words);
        return result instanceof Promise ? result.catch(askToRepeat) : result;
      };
    },
  });
}

function askToRepeat(error: unknown): never {
  if (!isGone(error)) throw error;
  throw Object.assign(new Error("The connection to the database was lost.", { cause: error }), { code: REPEAT_ME });
}
