/** The only place that reads time, so that a test can say what time it is. */

let offset = 0;
let stopped: Date | null = null;

export function now(): Date {
  return stopped === null ? new Date(Date.now() + offset) : new Date(stopped);
}

/** For tests: time goes on from the given moment. */
export function travelTo(moment: Date): void {
  stopped = null;
  offset = moment.getTime() - Date.now();
}

/** For tests: time stands still at the given moment. */
export function stopAt(moment: Date): void {
  stopped = moment;
}

/** For tests: back to the real time. */
export function travelBack(): void {
  stopped = null;
  offset = 0;
}
