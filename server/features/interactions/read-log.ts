import { setTimeout as sleep } from "node:timers/promises";
import { anywhere } from "../../platform/db/index.ts";
import { log } from "../../platform/log.ts";
import { digest } from "./digest.ts";
import { allListeners, PARTITIONS } from "./listener.ts";
import { ensureCursors, newestTruth } from "./queries.ts";
import { makeRoomAhead } from "./room.ts";
import { hearAppends, onGrowth, wakeScreens } from "./wake.ts";

const POLL_MS = 250;
const AFTER_FAILURE_MS = 1000;
/** Between two looks at a partition lies as long as the first took, within these bounds: under load steps grow, and cost less. */
const SHORTEST_REST_MS = 20;
const LONGEST_REST_MS = 50;

export interface Reading {
  stop(): Promise<void>;
}

/**
 * Reads the log for this process's listeners until stopped: at once when it grows, and every 250 ms in any case.
 * @throws Error when the sequence of positions stands behind the log, as after a careless restore
 */
export async function startReading(): Promise<Reading> {
  await refuseRewoundSequence();
  await makeRoomAhead();
  await ensureCursors(
    anywhere(),
    allListeners().map((each) => each.name),
    PARTITIONS,
  );
  const stopHearing = await hearAppends();
  const stopping = new AbortController();
  const loops = Array.from({ length: PARTITIONS }, (_, partition) => readPartitionUntil(stopping.signal, partition));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
      await stopHearing();
    },
  };
}

/** Takes in everything that is in the log now. For tests, rebuilds and the sample. */
export async function digestAll(listeners = allListeners()): Promise<void> {
  await ensureCursors(
    anywhere(),
    listeners.map((each) => each.name),
    PARTITIONS,
  );
  for (let partition = 0; partition < PARTITIONS; partition++) {
    for (;;) {
      const progress = await digest(partition, listeners);
      if (progress === "done") break;
      if (progress === "busy") await sleep(5);
    }
  }
  wakeScreens();
}

async function readPartitionUntil(signal: AbortSignal, partition: number): Promise<void> {
  const alarm = new Alarm();
  const stopListening = onGrowth(() => alarm.ring());
  signal.addEventListener("abort", () => alarm.ring());
  while (!signal.aborted) {
    alarm.reset();
    const began = performance.now();
    await takeInWhatThereIs(signal, partition);
    const rest = sleep(Math.min(Math.max(performance.now() - began, SHORTEST_REST_MS), LONGEST_REST_MS));
    await alarm.wait(POLL_MS);
    await rest;
  }
  stopListening();
}

async function takeInWhatThereIs(signal: AbortSignal, partition: number): Promise<void> {
  try {
    while (!signal.aborted && (await digest(partition, allListeners())) === "more");
  } catch (error) {
    log.warn("the log cannot be read now; trying again", { partition, error });
    await sleep(AFTER_FAILURE_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** After a restore the next position must lie beyond the last one, or readers would pass over what is appended. */
async function refuseRewoundSequence(): Promise<void> {
  const { sequence, newest } = await newestTruth(anywhere());
  if (newest > sequence) {
    throw new Error(
      `The log holds position ${newest} but the next one given out would be ${sequence + 1}. Restore the sequence interactions_position before starting.`,
    );
  }
}

/** Wakes a sleeper early; a ring before the wait is not lost. */
class Alarm {
  #rung = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  reset(): void {
    this.#rung = false;
  }

  async wait(milliseconds: number): Promise<void> {
    if (this.#rung) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }
}
