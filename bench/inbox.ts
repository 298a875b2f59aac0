import { publicId } from "../server/platform/ids.ts";
import { withClient } from "../server/testing/server.ts";
import { startServer, type StartedServer } from "../server/testing/start-server.ts";
import { type Measure, quantile, type Reading, rounded } from "./bench.ts";

const customers = 50_000;
const conversations = 100_000;
const messagesEach = 10;
const piecesEach = 12;
const requests = 400;

/** The screens that members look at all day, with 100,000 conversations, 1,000,000 messages, as many interactions and 600,000 pieces of evidence behind them. */
export const inbox: Measure = async ({ connectionString, workspaceId }) => {
  await fill(connectionString, workspaceId);
  const server = await startServer({ database: { url: connectionString }, env: { THROUGHLINE_ROLES: "web" } });
  try {
    const limit = await p99Of(server, () => "/api/v1/health");
    const conversation = (): string => publicId("con", 1 + Math.floor(Math.random() * conversations));
    const customer = (): string => publicId("cus", 1 + Math.floor(Math.random() * customers));
    const pages = await cursors(server, "/api/v1/conversations?status=open");
    const screens: Record<string, () => string> = {
      "inbox list": () => `/api/v1/conversations?status=open${pages[Math.floor(Math.random() * pages.length)] ?? ""}`,
      conversation: () => `/api/v1/conversations/${conversation()}`,
      "messages of a conversation": () => `/api/v1/conversations/${conversation()}/messages`,
      timeline: () => `/api/v1/customers/${customer()}/timeline`,
    };
    const readings: Reading[] = [];
    for (const [name, path] of Object.entries(screens)) {
      const value = await p99Of(server, path);
      readings.push({
        measure: `${name} at the API`,
        value: rounded(value),
        unit: "ms (p99)",
        limit: rounded(limit),
        wanted: "under 20 ms",
        met: value < 20,
        requests,
      });
    }
    return readings;
  } finally {
    await server.stop();
  }
};

/** One request after the other, the first fifty not counted. */
async function p99Of(server: StartedServer, path: () => string): Promise<number> {
  const times: number[] = [];
  for (let number = 0; number < requests + 50; number += 1) {
    const began = performance.now();
    const { status } = await server.ask("GET", path());
    if (status !== 200) throw new Error(`${path()} answered ${status}`);
    if (number >= 50) times.push(performance.now() - began);
  }
  return quantile(times, 0.99);
}

/** The first pages of a list, as a member scrolls through them. */
async function cursors(server: StartedServer, path: string): Promise<string[]> {
  const found = [""];
  for (let page = 0; page < 20; page += 1) {
    const { body } = await server.ask("GET", path + (found.at(-1) ?? ""));
    const next = typeof body === "object" && body !== null && "nextCursor" in body ? body.nextCursor : null;
    if (typeof next !== "string") break;
    found.push(`&cursor=${encodeURIComponent(next)}`);
  }
  return found;
}

/** Over a connection of its own: these statements may take longer than those of the program. */
async function fill(connectionString: string, workspaceId: number): Promise<void> {
  await withClient(connectionString, async (client) => {
    await client.query(
      `insert into customers (workspace_id, name, email, first_seen_at, last_seen_at, created_at)
       select $1, 'Customer ' || n, 'customer' || n || '@bench.example', now() - interval '2 years', now(), now() from generate_series(1, $2::int) as n`,
      [workspaceId, customers],
    );
    await client.query(
      `insert into conversations (workspace_id, customer_id, subject, status, channel, began, opened_at, last_message_at, preview, waiting_since, closed_at, search)
       select $1, 1 + n % $2, 'Question ' || n, case when n % 5 = 0 then 'open' else 'closed' end, 'email', 'customer',
         at, at + interval '2 hours', 'Where is my box?', case when n % 10 = 0 then at end, case when n % 5 <> 0 then at + interval '2 hours' end, to_tsvector('simple', 'question ' || n)
       from generate_series(1, $3::int) as n, lateral (select now() - n * interval '5 minutes' as at) moment`,
      [workspaceId, customers, conversations],
    );
    await client.query(
      `insert into messages (conversation_id, workspace_id, customer_id, kind, direction, author_kind, author_name, text, created_at)
       select c.id, c.workspace_id, c.customer_id, case when m % 2 = 0 then 'reply' else 'message' end, case when m % 2 = 0 then 'out' else 'in' end,
         case when m % 2 = 0 then 'member' else 'customer' end, 'Somebody', repeat('My box was promised for ten and has not come. ', 6), c.opened_at + m * interval '10 minutes'
       from conversations c, generate_series(1, $1::int) as m`,
      [messagesEach],
    );
    await client.query(
      `insert into interactions (workspace_id, customer_id, kind, occurred_at, received_at, initiative, channel, conversation_id, properties)
       select workspace_id, customer_id, case when direction = 'in' then 'message.received' else 'message.sent' end, created_at, created_at, 'reactive', 'email', conversation_id,
         jsonb_build_object('text', left(text, 80)) from messages order by id`,
    );
    await client.query(
      `insert into evidence (customer_id, written_for, position, workspace_id, at, episode, kind, reason, initiative, valence, weight, score_before, score_after,
         low, high, good_after, bad_after, pieces_after)
       select c.id, c.id, 100000000 + c.id * 20 + n, $1, now() - n * interval '9 days', 'order ' || n, 'late', 'A late order', 'reactive', case when n % 3 = 0 then -0.6 else 0.3 end, 1,
         60, case when n % 3 = 0 then 52 else 61 end, 30, 80, 1 + n * .3, n * .2, n
       from customers c, generate_series(1, $2::int) as n`,
      [workspaceId, piecesEach],
    );
    await client.query(
      `insert into experience_scores (customer_id, workspace_id, good, bad, pieces, last_at, last_position)
       select id, workspace_id, 2, 1, $1::int, now(), 1 from customers`,
      [piecesEach],
    );
    await client.query("vacuum (analyze)");
  });
}
