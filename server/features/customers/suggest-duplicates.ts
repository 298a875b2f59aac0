import { sql } from "kysely";
import { arrayLiteral, reading, transaction, type Scope } from "../../platform/db/index.ts";
import type { Likeable } from "./likeness.ts";
import { pairUp, type Pair } from "./pair-up.ts";

/** More than these, the last seen first, are not compared in one night. */
const MOST = 100_000;
const MOST_SUGGESTED = 1000;

type Somebody = Likeable & { id: number };

/** Lists customers who look alike, for a person to decide. Pairs that were decided on are not listed again. Answers how many are new. */
export async function suggestDuplicates(workspaceId: number): Promise<number> {
  const pairs = pairUp(await everybody(reading({ workspaceId }))).slice(0, MOST_SUGGESTED);
  return pairs.length === 0 ? 0 : transaction({ workspaceId }, (tx) => insert(tx, pairs));
}

async function everybody(scope: Scope): Promise<Somebody[]> {
  const { rows } = await sql<{ id: number; name: string | null; phone: string | null; fields: Record<string, unknown> }>`
    select c.id, c.name, c.phone, c.fields from customers c
    where c.workspace_id = ${scope.workspaceId} and c.erased_at is null and c.name is not null
      and not exists (select from customer_aliases a where a.customer_id = c.id and a.root_id <> c.id)
    order by c.last_seen_at desc, c.id desc limit ${MOST}`.execute(scope.db);
  return rows.map(({ id, name, phone, fields }) => ({ id, name, phone, ...placeIn(fields) }));
}

/** Shops and clients name the same things differently; the tracking API's names come first. */
export function placeIn(fields: Record<string, unknown>): Pick<Likeable, "street" | "city" | "postcode" | "dateOfBirth"> {
  const address = typeof fields["address"] === "object" && fields["address"] !== null ? (fields["address"] as Record<string, unknown>) : {};
  const first = (...values: unknown[]): string | null => {
    const found = values.find((value) => (typeof value === "string" && value.trim() !== "") || typeof value === "number");
    return found === undefined ? null : String(found);
  };
  return {
    street: first(address["street"], address["address1"], fields["street"], fields["address1"], fields["address"]),
    city: first(address["city"], fields["city"], fields["town"]),
    postcode: first(address["postalCode"], address["zip"], fields["postcode"], fields["postalCode"], fields["zip"]),
    dateOfBirth: first(fields["birthday"], fields["dateOfBirth"], fields["date_of_birth"])?.slice(0, 10).replaceAll("-", "") ?? null,
  };
}

async function insert(tx: Scope & { now: Date }, pairs: readonly Pair<Somebody>[]): Promise<number> {
  const ordered = pairs.map(({ one, other, ...rest }) => ({ one: Math.min(one.id, other.id), other: Math.max(one.id, other.id), ...rest }));
  const { numAffectedRows } = await sql`
    insert into merge_suggestions (workspace_id, one_id, other_id, kind, score, reasons, suggested_at)
    select ${tx.workspaceId}, one_id, other_id, 'alike', score, reasons, ${tx.now}
    from unnest(${arrayLiteral(ordered.map((each) => each.one))}::bigint[], ${arrayLiteral(ordered.map((each) => each.other))}::bigint[],
      ${arrayLiteral(ordered.map((each) => each.score))}::float8[], ${arrayLiteral(ordered.map((each) => JSON.stringify(each.reasons)))}::jsonb[])
      as given (one_id, other_id, score, reasons)
    on conflict (workspace_id, one_id, other_id) do nothing`.execute(tx.db);
  return Number(numAffectedRows);
}
