import { sql } from "kysely";
import { storableJson, type Scope, type Tx } from "../../platform/db/index.ts";

export const SHOP_KINDS = ["shopify", "woocommerce"] as const;
export type ShopKind = (typeof SHOP_KINDS)[number];

export interface OrderSource {
  id: number;
  workspaceId: number;
  kind: string;
  name: string;
  token: string;
  secretSealed: string;
  promisedHours: number | null;
  createdAt: Date;
}

const SOURCE = [
  "id",
  "workspace_id as workspaceId",
  "kind",
  "name",
  "token",
  "secret_sealed as secretSealed",
  "promised_hours as promisedHours",
  "created_at as createdAt",
] as const;

export async function listSources(scope: Scope): Promise<OrderSource[]> {
  return scope.db
    .selectFrom("order_sources")
    .select(SOURCE)
    .where("workspace_id", "=", scope.workspaceId)
    .where("removed_at", "is", null)
    .orderBy("id")
    .limit(100)
    .execute();
}

export async function sourceByToken({ db }: Pick<Scope, "db">, token: string): Promise<OrderSource | undefined> {
  return db.selectFrom("order_sources").select(SOURCE).where("token", "=", token).where("removed_at", "is", null).executeTakeFirst();
}

export async function insertSource(
  tx: Tx,
  row: { kind: ShopKind; name: string; token: string; secretSealed: string; promisedHours: number | null },
): Promise<OrderSource> {
  return tx.db
    .insertInto("order_sources")
    .values({
      workspace_id: tx.workspaceId,
      kind: row.kind,
      name: row.name,
      token: row.token,
      secret_sealed: row.secretSealed,
      promised_hours: row.promisedHours,
      created_at: tx.now,
    })
    .returning(SOURCE)
    .executeTakeFirstOrThrow();
}

export async function endSource(tx: Tx, id: number): Promise<string | null> {
  const row = await tx.db
    .updateTable("order_sources")
    .set({ removed_at: tx.now })
    .where("workspace_id", "=", tx.workspaceId)
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .returning("name")
    .executeTakeFirst();
  return row?.name ?? null;
}

export type EventOutcome = "taken" | "waiting" | "ignored";

export interface OrderEvent {
  topic: string;
  body: unknown;
  /** When the shop said that it happened, else when it came. */
  receivedAt: Date;
}

/** Keeps a webhook as it came; false when the same one came before. */
export async function keepEvent(
  tx: Tx,
  row: OrderEvent & { sourceId: number; eventKey: string; orderExternalId: string | null; outcome: EventOutcome },
): Promise<boolean> {
  const { rows } = await sql`
    insert into order_events (workspace_id, source_id, event_key, topic, order_external_id, body, received_at, outcome)
    values (${tx.workspaceId}, ${row.sourceId}, ${row.eventKey}, ${row.topic}, ${row.orderExternalId}, ${storableJson(row.body)}::jsonb, ${row.receivedAt}, ${row.outcome})
    on conflict (source_id, event_key) do nothing returning id`.execute(tx.db);
  return rows.length > 0;
}

/** Events that came before their order: taken up now. */
export async function takeWaitingEvents(tx: Tx, sourceId: number, orderExternalId: string): Promise<OrderEvent[]> {
  const { rows } = await sql<OrderEvent>`
    update order_events set outcome = 'taken'
    where workspace_id = ${tx.workspaceId} and source_id = ${sourceId} and order_external_id = ${orderExternalId} and outcome = 'waiting'
    returning topic, body, received_at as "receivedAt"`.execute(tx.db);
  return rows;
}
