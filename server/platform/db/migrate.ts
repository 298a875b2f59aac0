import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { connectOrSay, refuseUnfit } from "./fitness.ts";

export const migrationsFolder = join(import.meta.dirname, "../../../db/migrations");

export interface MigrateOptions {
  folder?: string;
  /** What to do about an applied migration whose text has changed since: refuse (the default), or say so and go on. */
  changed?: "refuse" | { say: (sentence: string) => void };
}

export interface Migration {
  number: number;
  name: string;
  text: string;
  digest: string;
}

interface Applied {
  number: number;
  name: string;
  digest: string;
}

/** Any number, the same in every process: only one migrates at a time. */
const lockNumber = 7_203_114;

/**
 * Brings the database up to date: the job queue's own tables first, then every file of db/migrations that is
 * missing, in order, each in a transaction of its own. Returns the names of those applied now.
 * Two processes may call this at once: the second waits for the first, and finds nothing left to do.
 */
export async function migrate(connectionString: string, options: MigrateOptions = {}): Promise<string[]> {
  const known = await readMigrations(options.folder ?? migrationsFolder);
  return withLock(connectionString, async (client) => {
    await migrateJobQueue(connectionString);
    await client.query(ledger);
    const applied = await readApplied(client);
    checkApplied(applied, known, options.changed ?? "refuse");
    const missing = known.filter(({ number }) => !applied.some((one) => one.number === number));
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  });
}

/** The names of the migrations that this database still lacks. */
export async function pendingMigrations(client: Pick<pg.Pool, "query">, folder = migrationsFolder): Promise<string[]> {
  const known = await readMigrations(folder);
  const ledgerThere = await client.query("SELECT to_regclass('migrations') IS NOT NULL AS there");
  const rows = ledgerThere.rows[0]?.there === true ? await client.query("SELECT name FROM migrations") : { rows: [] };
  const applied = new Set(rows.rows.map(({ name }) => String(name)));
  return known.map(({ name }) => name).filter((name) => !applied.has(name));
}

/** Reads the migrations of `folder`: files named 0001_what_it_does.sql, no number used twice. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const numbers = names.map((name) => Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]));
  names.forEach((name, index) => {
    if (Number.isNaN(numbers[index])) throw new Error(`${join(folder, name)} should be named like 0001_what_it_does.sql.`);
    if (numbers[index] === numbers[index - 1]) throw new Error(`${name} has the number of ${names[index - 1]}. Give it the next free one.`);
  });
  return Promise.all(
    names.map(async (name, index) => {
      const text = await readFile(join(folder, name), "utf8");
      return { number: numbers[index] ?? 0, name, text, digest: digestOf(text) };
    }),
  );
}

/** One digest over all migrations, by which a generated file shows what it was generated from. */
export async function digestOfMigrations(folder = migrationsFolder): Promise<string> {
  const all = await readMigrations(folder);
  return digestOf(all.map(({ name, digest }) => `${name} ${digest}\n`).join(""));
}

function digestOf(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");
}

const ledger = `CREATE TABLE IF NOT EXISTS migrations (
  number integer PRIMARY KEY,
  name text NOT NULL,
  digest text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
)`;

async function withLock<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, application_name: "throughline migrate" });
  await connectOrSay(client);
  try {
    await refuseUnfit(client);
    await client.query("SELECT pg_advisory_lock($1)", [lockNumber]);
    return await work(client);
  } finally {
    await client.end();
  }
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>("SELECT number, name, digest FROM migrations ORDER BY number");
  return rows;
}

function checkApplied(applied: Applied[], known: Migration[], changed: NonNullable<MigrateOptions["changed"]>): void {
  for (const { number, name, digest } of applied) {
    const now = known.find((one) => one.number === number);
    if (!now)
      throw new Error(
        `The database has migration ${name}, which this Throughline does not know: it is older than the data. Run the newer one.`,
      );
    if (now.digest === digest) continue;
    const sentence = `The migration ${now.name} has changed since it was applied to this database.`;
    if (changed === "refuse") throw new Error(`${sentence} Put its text back, and make the change in a new migration.`);
    changed.say(sentence);
  }
}

async function apply(client: pg.Client, { number, name, text, digest }: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(text);
    await client.query("INSERT INTO migrations (number, name, digest) VALUES ($1, $2, $3)", [number, name, digest]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw new Error(`The migration ${name} failed and was undone: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** Loaded only here: most processes that open the database never migrate it. */
async function migrateJobQueue(connectionString: string): Promise<void> {
  const { Logger, runMigrations } = await import("graphile-worker");
  await runMigrations({ connectionString, logger: new Logger(() => () => undefined) });
}
