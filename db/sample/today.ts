import type { Life } from "./life.ts";

const MINUTE_MS = 60_000;

/**
 * What is going on at the moment the sample is made, whatever the hour: three boxes of today are late, and Maria, whose
 * last two boxes came late, has written about tomorrow's.
 */
export function addToday(lives: Life[], now: Date): void {
  const [maria, ...others] = lives;
  if (!maria) return;
  const ago = (minutes: number): Date => new Date(now.getTime() - minutes * MINUTE_MS);
  maria.orders.push(
    { number: "1042", ...box(46), placedAt: ago(16 * 1440 + 900), promisedAt: ago(16 * 1440), deliveredAt: ago(16 * 1440 - 130) },
    { number: "1043", ...box(46), placedAt: ago(9 * 1440 + 900), promisedAt: ago(9 * 1440), deliveredAt: ago(9 * 1440 - 50) },
  );
  maria.conversations.push({
    subject: "Tomorrow’s box: can it be here by 9?",
    topic: "late",
    messages: [
      {
        at: ago(50),
        from: "customer",
        text: "Hello,\n\nTomorrow we have clients in at nine, and I have promised them the lemon ones. After the last boxes came late I am a bit nervous, to be honest.\n\nCan our box really be here by 9? If not, please tell me today and I will come to Harbour Street myself.\n\nMaria",
      },
    ],
    closedAt: null,
    rating: null,
    member: 0,
  });
  others
    .filter((life) => life.leftAt === null && life.orders.length >= 3)
    .slice(0, 3)
    .forEach((life, index) => {
      const late = [110, 65, 25][index] ?? 30;
      life.orders.push({ number: String(2001 + index), ...box(26), placedAt: ago(late + 1200), promisedAt: ago(late), deliveredAt: null });
    });
}

function box(price: number): { items: { name: string; quantity: number; price: number }[]; total: number } {
  return { items: [{ name: price > 40 ? "Box of 24, lemon on top" : "Box of 12, mixed", quantity: 1, price }], total: price };
}
