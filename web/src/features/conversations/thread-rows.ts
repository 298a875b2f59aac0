import type { Message } from "../../../../sdk/index.ts";
import type { Moment } from "../../ui/throughline/moments.ts";

/** One row of a thread: a message, or a moment of the customer's life around it. */
export type ThreadRow =
  | { kind: "earlier"; count: number; score: number }
  | { kind: "moment"; moment: Moment; from: number; to: number }
  | { kind: "message"; message: Message; from: number; to: number; points: number | null };

const together = 3000;

/**
 * Puts messages and moments in the order they happened. Of what happened before the
 * first message only the last few are shown; the rest is a number. A moment that is
 * what a message said belongs to that message.
 */
export function threadRows(messages: readonly Message[], moments: readonly Moment[], earlierShown = 5): ThreadRow[] {
  const said = [...messages].sort((a, b) => time(a) - time(b));
  const began = said[0] ? time(said[0]) : Infinity;
  const before = moments.filter((moment) => moment.at < began - together);
  const since = moments.filter((moment) => moment.at >= began - together);
  const hidden = before.slice(0, -earlierShown || undefined).length;
  const kept = earlierShown === 0 ? [] : before.slice(-earlierShown);

  let score = kept[0] ? (kept[0].before ?? kept[0].score - kept[0].points) : (before.at(-1)?.score ?? since[0]?.score ?? 50);
  const rows: ThreadRow[] = hidden > 0 ? [{ kind: "earlier", count: hidden, score }] : [];
  const step = (to: number): { from: number; to: number } => {
    const from = score;
    score = to;
    return { from, to };
  };

  for (const moment of kept) rows.push({ kind: "moment", moment, ...step(moment.score) });
  const rest = [...since];
  for (const message of said) {
    while (rest[0] && rest[0].at < time(message) - together) {
      const moment = rest.shift();
      if (moment) rows.push({ kind: "moment", moment, ...step(moment.score) });
    }
    const own = message.direction === "in" && rest[0] && rest[0].at <= time(message) + together ? rest.shift() : undefined;
    rows.push({ kind: "message", message, ...step(own?.score ?? score), points: own?.points ?? null });
  }
  for (const moment of rest) rows.push({ kind: "moment", moment, ...step(moment.score) });
  return rows;
}

function time(message: Message): number {
  return new Date(message.createdAt).getTime();
}
