import { Writable } from "node:stream";
import type pg from "pg";
import { asProblem } from "./failures.ts";

/** Texts that are prepared at most; each costs memory in every connection. */
const MOST_PREPARED = 250;
/** By text; "" until it comes a second time. */
const names = new Map<string, string>();

/**
 * A connection as Kysely sees it, which spares the database and the wire: a text that comes again is prepared, so that
 * Postgres reads and plans it once a connection; `begin` waits for the first statement and travels with it; statements
 * sent without waiting in between travel together (pipeline mode). A database that cannot answer is a Problem.
 */
export function lineOver(client: pg.PoolClient): pg.PoolClient {
  let isToBegin = false;
  const together = gathering(client);
  const send = async (text: string, values: unknown[]): Promise<pg.QueryResult> => {
    together();
    const name = nameOf(text);
    return client.query(name === "" ? { text, values } : { name, text, values }).catch(asProblem);
  };
  const query = async (text: string, values: unknown[]): Promise<pg.QueryResult> => {
    const begins = isToBegin;
    isToBegin = text === "begin";
    if (isToBegin || (begins && ENDS.has(text))) return NOTHING;
    if (!begins) return send(text, values);
    together();
    const [, result] = await Promise.all([client.query("begin").catch(asProblem), send(text, values)]);
    return result;
  };
  return new Proxy(client, {
    get(target, property) {
      if (property === "query") return query;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** What is written within one turn goes over the socket at once: a write of its own for each costs most of a small statement. */
function gathering(client: pg.PoolClient): () => void {
  const connection: unknown = Reflect.get(client, "connection");
  const stream: unknown = typeof connection === "object" && connection !== null ? Reflect.get(connection, "stream") : null;
  if (!(stream instanceof Writable)) return () => undefined;
  let isHeld = false;
  return () => {
    if (isHeld) return;
    isHeld = true;
    stream.cork();
    process.nextTick(() => {
      isHeld = false;
      stream.uncork();
    });
  };
}

const ENDS = new Set(["commit", "rollback"]);
const NOTHING: pg.QueryResult = { command: "", rowCount: 0, oid: 0, rows: [], fields: [] };

function nameOf(text: string): string {
  const known = names.get(text);
  if (known === undefined && names.size < MOST_PREPARED) names.set(text, "");
  if (known === undefined || known !== "") return known ?? "";
  const name = `s${[...names.keys()].indexOf(text)}`;
  names.set(text, name);
  return name;
}
