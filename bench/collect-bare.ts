import { hash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import pg from "pg";

/**
 * The limit that collecting is measured against: a bare HTTP server that unpacks and parses the same bodies and inserts
 * the same rows, with the same indexes and a table of keys, and does nothing else. Started as a process of its own:
 * `node collect-bare.ts DATABASE_URL`; it prints its port.
 */
const pool = new pg.Pool({ connectionString: process.argv[2], max: 8, application_name: "bare" });
const unpack = promisify(gunzip);

interface Event {
  type: string;
  userId: string;
  messageId: string;
  timestamp: string;
}

const server = createServer((request, response) => {
  take(request).then(
    () => response.writeHead(200, { "content-type": "application/json" }).end('{"success":true}'),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});

async function take(request: IncomingMessage): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { batch }: { batch: Event[] } = JSON.parse((await unpack(Buffer.concat(chunks))).toString());
  const keys = batch.map(keyOf);
  await pool.query({
    name: "insert",
    text: `with keyed as (insert into bare_keys select 1, key from unnest($9::uuid[]) as key on conflict do nothing)
      insert into bare_interactions (workspace_id, customer_id, kind, occurred_at, received_at, initiative, channel, stage, touchpoint_id, source, source_key, properties)
      select 1, c, k, o, $4::timestamptz, i, ch, 'purchase', 1, s, sk, p
      from unnest($1::bigint[], $2::text[], $3::timestamptz[], $5::text[], $6::text[], $7::text[], $9::uuid[], $8::jsonb[]) as t (c, k, o, i, ch, s, sk, p)`,
    values: [
      list(batch.map((each) => each.userId.slice(5))),
      list(batch.map((each) => each.type)),
      list(batch.map((each) => each.timestamp)),
      new Date().toISOString(),
      list(batch.map(() => "reactive")),
      list(batch.map(() => "web")),
      list(batch.map(() => "src_1")),
      list(batch.map((each) => JSON.stringify(each))),
      list(keys),
    ],
  });
}

function keyOf(event: Event): string {
  const time = Date.parse(event.timestamp).toString(16).padStart(12, "0");
  const rest = hash("sha256", `src_1\0${event.messageId}`).slice(0, 20);
  const hex = time + rest;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function list(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`).join(",")}}`;
}

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" && address !== null ? address.port : 0);
});
