import { evaluate } from "./evaluate.ts";
import { concerns, take, together, type FactState, type Happened } from "./facts.ts";
import { courseOf, NEVER, remember, standTogether, type Course, type Stand } from "./course.ts";
import type { Former, Joining } from "./former-persons.ts";
import { looksAt, turnsOf, type Records, type Turn } from "./past-looks.ts";
import type { Kept, Rule } from "./registry.ts";

/** One thing that a customer lived through, in the order of arrival. */
export interface Lived {
  customerId: number;
  receivedAt: number;
  happened: Happened;
}

/** What arrived so shortly before a merge may not have been taken in yet. */
const ON_ITS_WAY_MS = 60_000;

/** Lives a person's life again, as it would have been had only the merges been done that stand. Pure. */
export class Replay {
  #courses: Course[];
  readonly #kept: Kept;
  readonly #records: Records;
  readonly #joinings: Joining[];
  readonly #turns: Turn[];
  /** No stand is to be looked at before. */
  #due = Number.NEGATIVE_INFINITY;

  /** @param computedAt since when each segment's members are kept by the conditions that it has now */
  constructor(
    kept: Kept,
    life: { beginnings: readonly Former[]; joinings: readonly Joining[]; records: Records; computedAt: ReadonlyMap<number, number> },
  ) {
    this.#kept = kept;
    this.#records = life.records;
    this.#joinings = life.joinings.toSorted((a, b) => a.at - b.at);
    this.#turns = turnsOf(life.records);
    this.#courses = life.beginnings.map((former) => courseOf(former, kept, life.computedAt));
  }

  take({ customerId, receivedAt, happened }: Lived): void {
    this.#goOn(receivedAt);
    const course = this.#courseWith(customerId);
    if (!course) return;
    const touched = new Set<Rule>();
    for (const fact of this.#kept.factsByKind.get(happened.kind) ?? []) {
      if (!concerns(fact.definition, happened)) continue;
      if (!("pattern" in fact.definition)) remember(course, fact.id, happened);
      const state = take(fact.definition, course.facts.get(fact.id), happened);
      course.facts.set(fact.id, state === "unclear" ? this.#inOrder(fact.id, course) : state);
      for (const rule of this.#kept.rulesByFact.get(fact.id) ?? []) touched.add(rule);
    }
    for (const rule of touched) {
      course.heardAt.set(rule.id, receivedAt);
      this.#look(course, rule, receivedAt);
    }
  }

  /** Goes on to a moment; answers where the person stands then. */
  upTo(at: number): ReadonlyMap<number, Stand> {
    this.#goOn(at);
    return this.#courses[0]?.stands ?? new Map();
  }

  /** Lives through what time, tables and merges bring, in their order. */
  #goOn(to: number): void {
    for (;;) {
      const [joining, turn] = [this.#joinings[0]?.at ?? NEVER, this.#turns[0]?.at ?? NEVER];
      const next = Math.min(joining, turn, this.#due);
      if (next > to || next === NEVER) return;
      if (next === this.#due) this.#lookAtDue(next);
      else if (next === joining) this.#join(next);
      else this.#turn(next);
    }
  }

  #lookAtDue(at: number): void {
    let due = NEVER;
    for (const course of this.#courses) {
      for (const [segmentId, stand] of course.stands) {
        const rule = this.#kept.rules.get(segmentId);
        if (rule && stand.until <= at) this.#begin(course, rule, stand.until);
        due = Math.min(due, stand.until);
      }
    }
    this.#due = due;
  }

  #turn(at: number): void {
    while (this.#turns[0]?.at === at) {
      const turn = this.#turns.shift();
      const course = turn && this.#courseWith(turn.customerId);
      if (course) for (const rule of this.#kept.rulesBySource[turn.source]) this.#look(course, rule, at);
    }
  }

  /** Merges of one moment were done at once. */
  #join(at: number): void {
    const parts = new Map(this.#courses.map((course) => [course, [course]]));
    while (this.#joinings[0]?.at === at) {
      const joining = this.#joinings.shift();
      const [from, into] = [joining?.fromId, joining?.intoId].map((id) => [...parts.keys()].find((each) => each.members.has(id ?? 0)));
      if (!from || !into || from === into) continue;
      const whole = { ...into, members: new Set([...into.members, ...from.members]) };
      parts.set(whole, [...(parts.get(into) ?? []), ...(parts.get(from) ?? [])]);
      for (const each of [from, into]) parts.delete(each);
    }
    this.#courses = [...parts].map(([whole, its]) => (its.length === 1 ? whole : this.#whole(whole, its, at)));
  }

  #whole({ root, members }: Course, parts: readonly Course[], at: number): Course {
    const whole: Course = { root, members, facts: new Map(), lived: new Map(), heardAt: new Map(), stands: new Map() };
    for (const { id, definition } of this.#kept.facts.values()) {
      const lived = parts.flatMap((part) => part.lived.get(id) ?? []);
      if (lived.length > 0) whole.lived.set(id, lived);
      const states = parts.flatMap((part) => part.facts.get(id) ?? []);
      const state = together(states, "pattern" in definition ? definition.keep : 0);
      if (state !== undefined) whole.facts.set(id, state === "unclear" ? this.#inOrder(id, whole) : state);
    }
    for (const rule of this.#kept.rules.values()) {
      for (const part of parts) if (part.stands.get(rule.id)?.begins === "kept") this.#begin(part, rule, at);
      const stand = standTogether(whole.root, parts, rule.id);
      const { since } = stand;
      whole.stands.set(rule.id, stand);
      this.#look(whole, rule, at);
      if ((since === null) !== (stand.since === null)) stand.crossed = null;
    }
    this.#due = Number.NEGATIVE_INFINITY;
    return whole;
  }

  #begin(course: Course, rule: Rule, at: number): void {
    const stand = course.stands.get(rule.id);
    if (!stand || stand.isUnclear) return;
    const { begins, since, sinceKept } = stand;
    stand.begins = null;
    this.#look(course, rule, at);
    // New conditions are told to nobody.
    if (begins === "segment") stand.crossed = null;
    if (begins !== "kept" || (since === null) === (stand.since === null)) return;
    if (at - (course.heardAt.get(rule.id) ?? Number.NEGATIVE_INFINITY) < ON_ITS_WAY_MS) return;
    Object.assign(stand, { since: sinceKept, crossed: null, isUnclear: true, until: NEVER });
  }

  #look(course: Course, rule: Rule, at: number): void {
    const stand = course.stands.get(rule.id);
    if (!stand || stand.begins !== null || stand.isUnclear) return;
    const person = { facts: course.facts, ...looksAt(this.#records, course, at, rule.sources) };
    const { holds, until } = evaluate(rule.condition, person, at);
    if (holds !== (stand.since !== null))
      Object.assign(stand, { since: holds ? at : null, inherited: false, crossed: { at, isIn: holds } });
    stand.until = until > at ? until : NEVER;
    this.#due = Math.min(this.#due, stand.until);
  }

  #inOrder(factId: number, course: Course): FactState {
    const fact = this.#kept.facts.get(factId);
    let state: FactState | undefined;
    for (const each of (course.lived.get(factId) ?? []).toSorted((a, b) => a.at - b.at)) {
      const took = fact && take(fact.definition, state, each);
      if (took !== undefined && took !== "unclear") state = took;
    }
    return state ?? { a: null, b: null, z: null };
  }

  #courseWith(customerId: number): Course | undefined {
    return this.#courses.find((course) => course.members.has(customerId));
  }
}
