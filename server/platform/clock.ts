/** The only place that reads time, so that a test can say what time it is. */

let offset = 0;

export function now(): Date {
  return new Date(Date.now() + offset);
}

/** For tests: time goes on from the given moment. */
export function travelTo(moment: Date): void {
  offset = moment.getTime() - Date.now();
}

/** For tests: back to the real time. */
export function travelBack(): void {
  offset = 0;
}
