/** Tells this process's clock that something will be due: see clock.ts of this room. */
let earliest = Number.POSITIVE_INFINITY;
let ring: (() => void) | null = null;

/** Something may change by itself at this moment, in milliseconds. */
export function expectDue(at: number): void {
  if (at >= earliest) return;
  earliest = at;
  ring?.();
}

/** When the clock rings next; `call` is called when that becomes earlier. */
export function ringBy(at: number, call: (() => void) | null): void {
  earliest = at;
  ring = call;
}
