import type pg from "pg";
import { isGone } from "./failures.ts";

const oldestVersion = 15;

interface Facts {
  version: string;
  standby: boolean;
  encoding: string;
}

/** Refuses a database that Throughline cannot run on, with a sentence for whoever chose it. */
export async function refuseUnfit(client: Pick<pg.Client, "query">): Promise<void> {
  const { rows } = await client.query<Facts>(
    "SELECT current_setting('server_version') AS version, pg_is_in_recovery() AS standby, current_setting('server_encoding') AS encoding",
  );
  const mistake = rows[0] && unfitness(rows[0]);
  if (mistake) throw new Error(mistake);
}

/** What is wrong with the database; undefined when nothing is. */
export function unfitness({ version, standby, encoding }: Facts): string | undefined {
  if (Number.parseInt(version, 10) < oldestVersion)
    return `The database is Postgres ${version}; Throughline needs ${oldestVersion} or newer.`;
  if (standby) return "The database is a replica and takes no writes. Point DATABASE_URL at the primary.";
  if (encoding !== "UTF8")
    return `The database's encoding is ${encoding}; Throughline needs UTF8. Make it with: CREATE DATABASE throughline ENCODING 'UTF8' TEMPLATE template0`;
  return undefined;
}

/** Connects, or says in a sentence that the database does not answer. */
export async function connectOrSay(client: pg.Client): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    const causes = error instanceof AggregateError ? error.errors : [error];
    if (!causes.some(isGone)) throw error;
    const reason = causes.map((cause) => (cause instanceof Error ? cause.message : String(cause))).join(", ");
    throw new Error(`The database does not answer (${reason}). Check DATABASE_URL, and that the server runs and lets this machine in.`, {
      cause: error,
    });
  }
}
