import type { Random } from "./random.ts";

type Some = readonly [string, ...string[]];

/** What people of the sample company write. */
export const ITEMS: readonly [{ name: string; price: number }, ...{ name: string; price: number }[]] = [
  { name: "Box of 6, mixed", price: 14 },
  { name: "Box of 12, mixed", price: 26 },
  { name: "Box of 24, lemon on top", price: 46 },
  { name: "Pistachio dozen", price: 32 },
  { name: "Vegan dozen", price: 30 },
  { name: "Doughnut tower", price: 120 },
];

const LATE: Some = [
  "Our box was promised for {time} and came far too late. We had guests waiting and it was embarrassing. I am disappointed.",
  "The doughnuts came late again. This is the second time, and frankly it is annoying.",
  "We waited all morning. When the box finally came the party was over. What a failure.",
  "Your delivery was late and nobody told us. I am upset, I had planned around it.",
];
const QUESTION: Some = [
  "Do you have gluten-free ones on Saturdays? We are a party of nine.",
  "Could you put our VAT number on the invoice? It is GB 123 4567 89.",
  "I left an umbrella at your Harbour Street shop. Has anybody found it?",
  "Which of your glazes are made without nuts? My son has an allergy.",
  "Can I change Friday's box from twelve to twenty-four?",
  "We would like a tower for a wedding on the twelfth. How many does it serve?",
];
const DAMAGED: Some = [
  "Four of the twelve came without glaze and the box was crushed. I am angry, this was a present.",
  "The tower had fallen over in its box. It looked terrible.",
];
const LATE_SUBJECT: Some = ["Where is our box?", "Late again", "Box came too late", "Our order this morning"];
const QUESTION_SUBJECT: Some = [
  "Gluten-free on Saturdays?",
  "Invoice with our VAT number",
  "Umbrella at Harbour Street",
  "Nuts",
  "Change Friday's box",
  "Wedding tower",
];
const DAMAGED_SUBJECT: Some = ["Four of twelve came without glaze", "The tower that fell"];
const SORRY: Some = [
  "I am sorry your box was late. The northern van left too late this morning; that is ours to mend. I have put the delivery fee back to your card.",
  "You are right to be cross, and I am sorry. We have moved you up on the route, so that the next one comes first.",
  "I am sorry. You were promised {time} and we did not keep it. The next box is on us.",
];
const ANSWER: Some = [
  "Yes, that works. I have noted it on your order.",
  "Of course. It is done, and you will see it on the next invoice.",
  "We do. Shall I put some aside for you?",
  "Good news: it is here. Come by whenever suits you.",
];
const THANKS: Some = [
  "Thank you, that is very kind.",
  "Lovely, thanks for sorting it out so quickly!",
  "Thanks. I appreciate the honest answer.",
];
const STILL: Some = ["I am still waiting for an answer. This is really poor.", "It happened again today. I am disappointed."];
const COMMENT: Record<number, Some> = {
  1: ["Nobody answered for a day.", "Late, and then silence."],
  2: ["Kind, but a day late.", "Nice words, cold doughnuts."],
  3: ["It took a while.", "Fine in the end."],
  4: ["Quick and friendly.", "Sorted. Thank you."],
  5: ["Ada was wonderful.", "Best doughnuts, best people."],
};

export type Topic = "late" | "question" | "damaged";

export interface Exchange {
  subject: string;
  opening: string;
  answer: string;
}

export function exchangeAbout(topic: Topic, random: Random, time: string, name: string): Exchange {
  const first = name.split(" ")[0];
  const [subjects, openings, answers] =
    topic === "late"
      ? [LATE_SUBJECT, LATE, SORRY]
      : topic === "damaged"
        ? [DAMAGED_SUBJECT, DAMAGED, SORRY]
        : [QUESTION_SUBJECT, QUESTION, ANSWER];
  const chosen = Math.floor(random.next() * subjects.length);
  const subject = subjects[chosen] ?? subjects[0];
  const opening = topic === "question" || topic === "damaged" ? (openings[chosen] ?? openings[0]) : random.pick(openings);
  const fill = (text: string): string => text.replace("{time}", time);
  return { subject, opening: `Hello,\n\n${fill(opening)}\n\n${first}`, answer: `Hello ${first},\n\n${fill(random.pick(answers))}` };
}

export function thanks(random: Random): string {
  return random.pick(THANKS);
}

export function stillWaiting(random: Random): string {
  return random.pick(STILL);
}

export function commentFor(rating: number, random: Random): string | null {
  const some = COMMENT[rating];
  return some && random.chance(0.5) ? random.pick(some) : null;
}
