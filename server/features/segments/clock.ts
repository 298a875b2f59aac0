import { setTimeout as sleep } from "node:timers/promises";
import { now } from "../../platform/clock.ts";
import { anywhere, listenTo } from "../../platform/db/index.ts";
import { log } from "../../platform/log.ts";
import { ringBy } from "./due.ts";
import { flipDue } from "./flip-due.ts";
import { waiting } from "./queries.ts";

/** What another process wrote down is found at the latest after this. */
const LONGEST_SLEEP_MS = 1_000;
const AFTER_FAILURE_MS = 1_000;
/** Between two looks, so that a stream of changes is taken in together. */
const REST_MS = 25;

export interface Ticking {
  stop(): Promise<void>;
}

/**
 * Keeps segments true as time passes, and as tables change of which the log does not tell: sleeps until the next moment
 * at which somebody's being in or out can change. Every worker process does so; what is due is done once.
 */
export async function startClock(): Promise<Ticking> {
  const stopping = new AbortController();
  let wake: (() => void) | null = null;
  let isRung = false;
  const ring = (): void => {
    isRung = true;
    wake?.();
  };
  const stopHearing = await listenTo("throughline_segments", ring);
  const ticking = tick();
  return {
    stop: async () => {
      stopping.abort();
      ring();
      await ticking;
      ringBy(Number.POSITIVE_INFINITY, null);
      await stopHearing();
    },
  };

  async function tick(): Promise<void> {
    while (!stopping.signal.aborted) {
      isRung = false;
      const next = await lookOnce();
      ringBy(next, ring);
      const early = new AbortController();
      const slept = sleep(Math.max(0, Math.min(next - now().getTime(), LONGEST_SLEEP_MS)), undefined, { signal: early.signal });
      await Promise.race([woken(), slept.catch(() => undefined)]);
      early.abort();
      await sleep(REST_MS);
    }
  }

  function woken(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
      if (isRung) resolve();
    });
  }

  /** Answers when something is due next. */
  async function lookOnce(): Promise<number> {
    try {
      const before = await waiting(anywhere());
      if (!before.isTouched && (before.dueAt === null || before.dueAt > now())) return momentOf(before.dueAt);
      await flipDue();
      return momentOf((await waiting(anywhere())).dueAt);
    } catch (error) {
      log.warn("segments could not be looked at; trying again", { error });
      await sleep(AFTER_FAILURE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      return now().getTime();
    }
  }
}

function momentOf(dueAt: Date | null): number {
  return dueAt?.getTime() ?? Number.POSITIVE_INFINITY;
}
