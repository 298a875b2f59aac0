import { SampleClock } from "./clock.ts";
import { EFFECTS } from "./effects.ts";
import { populate, type Person } from "./population.ts";
import { randomFrom, type Random } from "./random.ts";
import { commentFor, exchangeAbout, ITEMS, stillWaiting, thanks, type Topic } from "./words.ts";

export interface SampleOrder {
  number: string;
  items: { name: string; quantity: number; price: number }[];
  total: number;
  placedAt: Date;
  promisedAt: Date;
  /** Null: still on its way. */
  deliveredAt: Date | null;
}

export interface SampleMessage {
  at: Date;
  from: "customer" | "member";
  text: string;
}

export interface SampleConversation {
  subject: string;
  topic: Topic;
  messages: SampleMessage[];
  closedAt: Date | null;
  rating: { value: number; comment: string | null; at: Date } | null;
  /** Which of the members has it. */
  member: number;
}

export interface Life {
  person: Person;
  orders: SampleOrder[];
  conversations: SampleConversation[];
  /** What they lived through that was poor, and when they left for it; the truth that measures are tested against. */
  poor: number;
  leftAt: Date | null;
}

export interface World {
  seed: number;
  size: number;
  now: Date;
  /** Answers are promised within so many minutes. */
  promisedMinutes: number;
}

/** 90 days in the lives of a population: orders, late boxes, questions, answers, ratings, and leaving. Pure. */
export function live(world: World): Life[] {
  const random = randomFrom(world.seed);
  const clock = new SampleClock(world.now);
  let number = 3000;
  return populate(random, world.size).map((person, index) => {
    const life: Life = { person, orders: [], conversations: [], poor: 0, leftAt: null };
    for (let day = person.firstBuys; day >= 0 && life.leftAt === null; day -= person.every * random.between(0.8, 1.2)) {
      number += 1;
      buy(life, { random, clock, world, day, number: String(number), isFirst: index === 0 });
    }
    if (random.chance(0.25)) ask(life, { random, clock, world, day: random.between(0, person.firstBuys), isFirst: false }, "question");
    return life;
  });
}

interface Moment {
  random: Random;
  clock: SampleClock;
  world: World;
  day: number;
  isFirst: boolean;
}

function buy(life: Life, moment: Moment & { number: string }): void {
  const { random, clock, day, number } = moment;
  const promisedAt = clock.at(day, random.whole(9, 16));
  const item = life.person.every <= 8 ? (ITEMS[2] ?? ITEMS[0]) : random.pick(ITEMS);
  const isLate = random.chance(lateShare(life.person, day));
  const minutes = isLate ? random.skewed(EFFECTS.lateMinutes.median, EFFECTS.lateMinutes.spread) : -random.between(2, 55);
  const arrives = clock.after(promisedAt, minutes);
  const order = {
    number,
    items: [{ name: item.name, quantity: 1, price: item.price }],
    total: item.price,
    placedAt: clock.after(promisedAt, -random.between(900, 2600)),
    promisedAt,
    deliveredAt: clock.isPast(arrives) ? arrives : null,
  };
  if (!clock.isPast(order.placedAt)) return;
  life.orders.push(order);
  if (isLate && clock.isPast(promisedAt)) life.poor += 1;
  const hasCome = clock.isPast(arrives);
  if (hasCome && random.chance(isLate ? EFFECTS.writesAfterLate : EFFECTS.writesAfterPunctual))
    ask(life, { ...moment, day }, isLate ? "late" : random.chance(0.3) ? "damaged" : "question", arrives);
  leaveOrStay(life, moment);
}

function lateShare(person: Person, day: number): number {
  const isBad = day <= EFFECTS.badWeeks.from && day >= EFFECTS.badWeeks.to;
  return person.north && isBad ? EFFECTS.northLateShare : EFFECTS.lateShare;
}

function ask(life: Life, moment: Moment, topic: Topic, after?: Date): void {
  const { random, clock, day, world } = moment;
  const arrivedAt = clock.after(after ?? clock.at(day, random.between(8, 18)), random.between(10, 90));
  if (!clock.isPast(arrivedAt)) return;
  const words = exchangeAbout(topic, random, `${String(arrivedAt.getUTCHours()).padStart(2, "0")}:00`, life.person.name);
  const messages: SampleMessage[] = [{ at: arrivedAt, from: "customer", text: words.opening }];
  const isBad = day <= EFFECTS.badWeeks.from && day >= EFFECTS.badWeeks.to;
  const wait = random.skewed(isBad ? EFFECTS.answerMinutes.badMedian : EFFECTS.answerMinutes.median, EFFECTS.answerMinutes.spread);
  const answeredAt = clock.after(arrivedAt, wait);
  const conversation: SampleConversation = {
    subject: words.subject,
    topic,
    messages,
    closedAt: null,
    rating: null,
    member: random.whole(0, 2),
  };
  life.conversations.push(conversation);
  if (!clock.isPast(answeredAt)) return;

  messages.push({ at: answeredAt, from: "member", text: words.answer });
  const isSlow = wait > world.promisedMinutes;
  if (isSlow) life.poor += 1;
  settle(conversation, moment, { isSlow, isLate: topic !== "question", answeredAt });
}

interface Answered {
  isSlow: boolean;
  isLate: boolean;
  answeredAt: Date;
}

function settle(conversation: SampleConversation, { random, clock }: Moment, { isSlow, isLate, answeredAt }: Answered): void {
  const isCross = isSlow && random.chance(0.3);
  if (isCross || random.chance(0.3)) {
    const at = clock.after(answeredAt, random.between(20, 300));
    if (!clock.isPast(at)) return;
    conversation.messages.push({ at, from: "customer", text: isCross ? stillWaiting(random) : thanks(random) });
    const again = clock.after(at, random.between(15, 200));
    if (isCross && clock.isPast(again))
      conversation.messages.push({
        at: again,
        from: "member",
        text: "I am sorry, and I have spoken to the kitchen myself. You will hear from me tomorrow.",
      });
    if (isCross && !clock.isPast(again)) return;
  }
  const last = conversation.messages.at(-1)?.at ?? answeredAt;
  const closedAt = clock.after(last, random.between(30, 1200));
  // What was settled in the last day is left open, so that nobody in the sample is asked today.
  if (clock.daysAgo(closedAt) < 1.2) return;
  conversation.closedAt = closedAt;
  const { rating } = EFFECTS;
  if (!random.chance(rating.answers)) return;
  const felt = 5 - (isSlow ? rating.slow : 0) - (isLate ? rating.late : 0) + rating.spread * (random.next() - 0.5) * 3;
  const value = Math.min(5, Math.max(1, Math.round(felt)));
  conversation.rating = { value, comment: commentFor(value, random), at: clock.after(closedAt, random.between(20, 600)) };
}

function leaveOrStay(life: Life, { random, clock, day, isFirst }: Moment): void {
  const chances = EFFECTS.leavesAfterPoor;
  const probability = chances[Math.min(life.poor, chances.length - 1)] ?? 0;
  if (!isFirst && random.chance(probability)) life.leftAt = clock.at(day, 20);
}
