import { setTimeout as sleep } from "node:timers/promises";

export interface Guard {
  /** Stops watching; returns when a restart under way has ended. */
  end(): Promise<void>;
}

/**
 * Starts a server again that has died without being asked to (the kernel short of memory, an operator's kill).
 * `isUp` is asked five times a second; a failed start is tried again for as long as it takes.
 */
export function watch(isUp: () => boolean, bringUp: () => Promise<void>, say: (sentence: string) => void): Guard {
  let wanted = true;
  let restart: Promise<void> | undefined;
  const timer = setInterval(() => {
    if (restart || isUp()) return;
    restart = bringBack().finally(() => (restart = undefined));
  }, 200);
  timer.unref();

  async function bringBack(): Promise<void> {
    say("The embedded Postgres has gone. Starting it again.");
    for (let pause = 500; wanted; pause = Math.min(pause * 2, 2_000)) {
      try {
        return await bringUp();
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
        await sleep(pause, undefined, { ref: false });
      }
    }
  }

  return {
    async end() {
      wanted = false;
      clearInterval(timer);
      await restart;
    },
  };
}
