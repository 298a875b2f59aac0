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

  /** From now on nobody waits: an outage is an error again. For a process that is to end. */
  losePatience(): void {
    this.#isEnding = true;
  }

  async #connectWhenThere(): Promise<pg.PoolClient> {
    for (;;) {
      try {
        return repeating(await super.connect());
      } catch (error) {
        if (this.#isEnding || !isGone(error)) throw error;
        await sleep(RETRY_MS);
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
