import type { Random } from "./random.ts";

export interface Person {
  name: string;
  email: string;
  organization: string | null;
  /** Lives on the northern delivery route. */
  north: boolean;
  /** Days between two orders. */
  every: number;
  /** Days before now on which they first bought. */
  firstBuys: number;
}

const FIRST: readonly [string, ...string[]] = [
  "Maria",
  "Anders",
  "Chioma",
  "Jonas",
  "Aoife",
  "Yuki",
  "Rafael",
  "Hannah",
  "Sipho",
  "Elif",
  "Noor",
  "Piotr",
  "Camille",
  "Giulia",
  "Marek",
  "Ingrid",
  "Tariq",
  "Leila",
  "Oskar",
  "Freya",
  "Kofi",
  "Amara",
  "Dylan",
  "Priya",
  "Mateo",
  "Sofia",
  "Emil",
  "Zoe",
  "Ravi",
  "Nadia",
  "Owen",
  "Isla",
  "Hugo",
  "Clara",
  "Samir",
  "Greta",
  "Femi",
  "Louisa",
  "Pavel",
  "Mina",
];
const LAST: readonly [string, ...string[]] = [
  "Lindqvist",
  "Holm",
  "Eze",
  "Weber",
  "Byrne",
  "Tanaka",
  "Costa",
  "Schmidt",
  "Dlamini",
  "Kaya",
  "Haddad",
  "Nowak",
  "Laurent",
  "Ricci",
  "Novak",
  "Berg",
  "Aziz",
  "Farah",
  "Lund",
  "Hughes",
  "Mensah",
  "Obi",
  "Price",
  "Sharma",
  "Vega",
  "Marin",
  "Dahl",
  "Clarke",
  "Patel",
  "Petrov",
  "Evans",
  "Stewart",
  "Moreau",
  "Fischer",
  "Khalil",
  "Vogel",
  "Adeyemi",
  "Grant",
  "Horak",
  "Rahimi",
];
const COMPANIES: readonly [string, ...string[]] = [
  "Fjord Studio",
  "Harbour Yoga",
  "Northside Dental",
  "Kite & Co.",
  "Elm Street School",
  "Quay Architects",
  "Bluebird Books",
  "Tinker Labs",
];

/** 300 people who might be anybody's neighbours. No two share an address. */
export function populate(random: Random, size: number): Person[] {
  return Array.from({ length: size }, (_, index) => {
    const [first, last] = index === 0 ? ["Maria", "Lindqvist"] : [random.pick(FIRST), random.pick(LAST)];
    const isBusiness = index === 0 || random.chance(0.12);
    return {
      name: `${first} ${last}`,
      email: index === 0 ? "maria@fjord.example" : `${first}.${last}.${index}@post.example`.toLowerCase(),
      organization: index === 0 ? "Fjord Studio" : isBusiness ? random.pick(COMPANIES) : null,
      north: index === 0 || random.chance(0.25),
      every: index === 0 ? 7 : isBusiness ? 7 : random.between(12, 45),
      firstBuys: index === 0 ? 88 : random.between(1, 89),
    };
  });
}
