import { sql, type RawBuilder } from "kysely";
import type { Scope } from "../../platform/db/index.ts";

/**
 * Ports: rooms some floors up know who is in a segment and how customers are doing; lists of customers can be narrowed
 * and sorted by it. server/app plugs them in.
 */
export interface ListingPorts {
  /** For `id in ${…}`. @throws Problem 404 when there is no such segment */
  inSegment(scope: Scope, segmentId: string): Promise<RawBuilder<unknown>>;
  /** The score of the customer with this id at a moment, as an expression; null while it is not known. */
  scoreOf(customerId: RawBuilder<unknown>, at: Date): RawBuilder<unknown>;
}

let ports: ListingPorts = {
  inSegment: () => Promise.resolve(sql`(select 0::bigint where false)`),
  scoreOf: () => sql`null::double precision`,
};

export function provideListing(provided: ListingPorts): void {
  ports = provided;
}

export function listingPorts(): ListingPorts {
  return ports;
}
