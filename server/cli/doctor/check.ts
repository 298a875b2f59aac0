import type pg from "pg";
import type { Config } from "../../config.ts";

export type Finding = { state: "well" | "notice" | "wrong"; says: string; todo?: string };

/** What the checks look at. Those of the database are asked only when it answers. */
export interface Patient {
  config: Config;
  /** What became of reaching the database. */
  database: { client: pg.Client; adopted: boolean } | { unreachable: string } | "not made yet";
}

/** What a check of the database gets. */
export interface DatabasePatient {
  config: Config;
  client: pg.Client;
  adopted: boolean;
}

export interface Check {
  /** What an operator would call it. */
  name: string;
  run(patient: Patient): Promise<Finding>;
}

export const well = (says: string): Finding => ({ state: "well", says });
/** Worth knowing, and no failure. */
export const notice = (says: string, todo?: string): Finding => ({ state: "notice", says, todo });
export const wrong = (says: string, todo: string): Finding => ({ state: "wrong", says, todo });

/** A check that needs an answering database; without one it says that it was not made. */
export function databaseCheck(name: string, ask: (patient: DatabasePatient) => Promise<Finding>): Check {
  return {
    name,
    async run({ config, database }) {
      if (database === "not made yet") return notice("Not checked: the first start makes the database.");
      if ("unreachable" in database) return notice("Not checked: the database does not answer.");
      return ask({ config, ...database });
    },
  };
}

/** The first row of a query. */
export async function one<T extends object>(client: pg.Client, query: string, values: unknown[] = []): Promise<T> {
  const { rows } = await client.query<T & pg.QueryResultRow>(query, values);
  const [row] = rows;
  if (!row) throw new Error("The database answered without a row.");
  return row;
}

export async function hasTable(client: pg.Client, name: string): Promise<boolean> {
  return (await one<{ there: boolean }>(client, "SELECT to_regclass($1) IS NOT NULL AS there", [name])).there;
}
