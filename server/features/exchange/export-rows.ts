import { identitiesOfAll, pageOfCustomers } from "../customers/index.ts";
import { membersOf, pageOfInteractions, readHorizon } from "../interactions/index.ts";
import { pageOfOrders } from "../orders/index.ts";
import { membersOfSegment } from "../segments/index.ts";
import type { Scope } from "../../platform/db/index.ts";
import { publicId, publicIdOrNull } from "../../platform/ids.ts";
import type { ThingName } from "./fields.ts";
import { oneOrAll, whoseColumns } from "./whose.ts";

/** A row of an export, by column: what an import of it finds again under the same names. */
export type ExportRow = Record<string, unknown>;

const PAGE = 1000;

export const COLUMNS: Record<ThingName, readonly string[]> = {
  customers: [
    ...["userId", "externalId", "email", "emails", "phone", "phones", "social", "anonymousId", "name", "locale", "timeZone"],
    ...["organization", "firstSeenAt", "lastSeenAt", "fields", "customerId"],
  ],
  interactions: [
    ...["id", "kind", "occurredAt", "receivedAt"],
    ...["customer.userId", "customer.externalId", "customer.email", "customer.phone", "customer.social", "customer.anonymousId"],
    ...["channel", "touchpoint", "stage", "initiative", "source", "properties", "customerId", "conversationId", "orderId"],
  ],
  orders: [
    ...["externalId", "source", "number", "state"],
    ...["customer.userId", "customer.externalId", "customer.email", "customer.phone", "customer.social", "customer.anonymousId"],
    ...["items", "total", "currency", "placedAt", "paidAt", "promisedAt", "shippedAt", "deliveredAt", "cancelledAt", "tracking"],
    ...["payments", "shipments", "returns", "refunds", "disputes", "saidAt", "id", "customerId"],
  ],
};

/** All rows of a workspace, or those of the people in a segment, page by page; never more than one page is in memory. */
export async function* exportRows(scope: Scope, thing: ThingName, segmentId: number | null): AsyncGenerator<ExportRow> {
  const upTo = thing === "interactions" ? await readHorizon(scope) : 0;
  if (segmentId === null) return yield* rowsOf(scope, thing, { upTo });
  for await (const among of peopleIn(scope, segmentId)) yield* rowsOf(scope, thing, { upTo, among });
}

async function* rowsOf(scope: Scope, thing: ThingName, span: Pick<Page, "upTo" | "among">): AsyncGenerator<ExportRow> {
  const read = { customers: customerPage, interactions: interactionPage, orders: orderPage }[thing];
  for (let after = 0; ;) {
    const { rows, last } = await read(scope, { after, limit: PAGE, ...span });
    yield* rows;
    if (rows.length < PAGE || last === null) return;
    after = last;
  }
}

const PEOPLE = 200;

/** Those in a segment, some at a time, each with all customers that they are. */
async function* peopleIn(scope: Scope, segmentId: number): AsyncGenerator<number[]> {
  for (let before: { at: Date; id: number } | null = null; ;) {
    const members: { customerId: number; since: Date }[] = await membersOfSegment(scope, segmentId, { before, limit: PEOPLE });
    const persons = await membersOf(
      scope,
      members.map(({ customerId }) => customerId),
    );
    if (members.length > 0) yield [...persons.values()].flat();
    const last = members.at(-1);
    if (members.length < PEOPLE || last === undefined) return;
    before = { at: last.since, id: last.customerId };
  }
}

interface Page {
  after: number;
  limit: number;
  upTo: number;
  among?: readonly number[];
}

async function customerPage(scope: Scope, page: Page): Promise<{ rows: ExportRow[]; last: number | null }> {
  const found = await pageOfCustomers(scope, page);
  const identities = await identitiesOfAll(
    scope,
    found.map(({ id }) => id),
  );
  const rows = found.map((each) => {
    const known = identities.get(each.id);
    return {
      userId: oneOrAll(known?.user_id),
      externalId: oneOrAll(known?.external),
      email: each.email,
      emails: known?.email ?? [],
      phone: each.phone,
      phones: known?.phone ?? [],
      social: oneOrAll(known?.social),
      anonymousId: oneOrAll(known?.anonymous_id),
      ...{ name: each.name, locale: each.locale, timeZone: each.timeZone, organization: each.organization },
      ...{ firstSeenAt: each.firstSeenAt, lastSeenAt: each.lastSeenAt, fields: each.fields },
      customerId: publicId("cus", each.id),
    };
  });
  return { rows, last: found.at(-1)?.id ?? null };
}

async function interactionPage(scope: Scope, page: Page): Promise<{ rows: ExportRow[]; last: number | null }> {
  const found = await pageOfInteractions(scope, page);
  const identities = await identitiesOfAll(
    scope,
    found.map(({ writtenFor }) => writtenFor),
  );
  const rows = found.map((each) => ({
    id: publicId("int", each.position),
    ...{ kind: each.kind, occurredAt: each.occurredAt, receivedAt: each.receivedAt },
    ...whoseColumns(identities.get(each.writtenFor)),
    ...{ channel: each.channel, touchpoint: each.touchpoint, stage: each.stage, initiative: each.initiative, source: each.source },
    properties: each.properties,
    customerId: publicId("cus", each.writtenFor),
    conversationId: publicIdOrNull("con", each.conversationId),
    orderId: publicIdOrNull("ord", each.orderId),
  }));
  return { rows, last: found.at(-1)?.position ?? null };
}

async function orderPage(scope: Scope, page: Page): Promise<{ rows: ExportRow[]; last: number | null }> {
  const found = await pageOfOrders(scope, page);
  const identities = await identitiesOfAll(
    scope,
    found.map(({ customerId }) => customerId),
  );
  const rows = found.map(({ id, customerId, ...order }) => ({
    ...order,
    ...whoseColumns(identities.get(customerId)),
    id: publicId("ord", id),
    customerId: publicId("cus", customerId),
  }));
  return { rows, last: found.at(-1)?.id ?? null };
}
