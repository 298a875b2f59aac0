import { record, type NewInteraction } from "../interactions/index.ts";
import { transaction, type Tx } from "../../platform/db/index.ts";
import { keepBodies, type NewBody } from "./body-queries.ts";
import { insertRefusals, type NewRefusal } from "./queries.ts";
import type { ReadEvent } from "./read-event.ts";
import { refusalOf } from "./refusal-of.ts";
import { whyNobodyIs } from "./why-nobody-is.ts";
import { meetCustomers, type Met } from "../customers/index.ts";

/** What one request brought. */
export interface Delivery {
  workspaceId: number;
  /** Public id of the source or hook. */
  origin: string;
  events: ReadEvent[];
  refusals: NewRefusal[];
  /** What came to a hook, to try its mapping on. */
  body?: Omit<NewBody, "customerIds">;
}

/** What became of a request's events. */
export interface Stored {
  taken: number;
  /** Were in the log before. */
  repeated: number;
  refused: number;
  /** Where in the log the new ones stand. */
  positions: number[];
}

/** Refusals of one request that are listed; the rest are only counted. */
const LISTED = 100;

/** Stores several requests of one workspace in one transaction. Answers what became of each, in order. */
export async function storeGroup(workspaceId: number, deliveries: readonly Delivery[]): Promise<Stored[]> {
  return transaction({ workspaceId }, async (tx) => {
    const met = await meetCustomers(
      tx,
      deliveries.flatMap(({ events }) => events.map(({ sighting }) => sighting)),
    );
    const parts = partsOf(deliveries, met);
    const recorded = await record(
      tx,
      parts.flatMap(({ interactions }) => interactions),
    );
    await listRefusals(tx, parts);
    await keepBodies(
      tx,
      deliveries.flatMap(({ body }, index) => (body ? [{ ...body, customerIds: customersIn(parts[index]) }] : [])),
    );

    let next = 0;
    return parts.map(({ taken, interactions, refusals }) => {
      const its = recorded.slice(next, (next += interactions.length));
      const isNew = taken.map((index) => its[index] ?? null);
      return {
        taken: isNew.filter((each) => each !== null).length,
        repeated: isNew.filter((each) => each === null).length,
        refused: refusals.length,
        positions: isNew.flatMap((each) => each?.position ?? []),
      };
    });
  });
}

interface Part {
  interactions: NewInteraction[];
  /** Which of the interactions are the events themselves; the others are clicks that led to them. */
  taken: number[];
  refusals: NewRefusal[];
}

function partsOf(deliveries: readonly Delivery[], met: readonly Met[]): Part[] {
  let next = 0;
  return deliveries.map((delivery) => {
    const part: Part = { interactions: [], taken: [], refusals: [...delivery.refusals] };
    for (const event of delivery.events) {
      const who = met[next++];
      if (who?.customerId == null) {
        part.refusals.push(refusalOf(delivery.origin, whyNobodyIs(event, who?.refused ?? []), event.came));
        continue;
      }
      for (const each of event.interactions) part.interactions.push({ ...each, customerId: who.customerId });
      part.taken.push(part.interactions.length - 1);
    }
    return part;
  });
}

function customersIn(part: Part | undefined): number[] {
  return [...new Set(part?.interactions.map(({ customerId }) => customerId))];
}

async function listRefusals(tx: Tx, parts: readonly Part[]): Promise<void> {
  await insertRefusals(
    tx,
    parts.flatMap(({ refusals }) => refusals.slice(0, LISTED)),
  );
}
