import type pg from "pg";

/** What the generators need to know of the database, read from Postgres's own catalogue in a fixed order. */
export interface Catalogue {
  extensions: string[];
  enums: { name: string; labels: string[] }[];
  sequences: { name: string; definition: string }[];
  tables: Table[];
  indexes: string[];
  functions: string[];
  views: { name: string; definition: string; columns: Column[] }[];
  triggers: string[];
}

export interface Table {
  name: string;
  /** "RANGE (position)" for a partitioned table. */
  partitionKey: string | null;
  /** For a partition: of which table, and its bounds as "FOR VALUES …". */
  parent: string | null;
  bounds: string | null;
  columns: Column[];
  constraints: { name: string; definition: string; kind: string }[];
}

export interface Column {
  name: string;
  /** As Postgres writes it: "timestamp with time zone", "text[]". */
  type: string;
  /** The base type's own name (int8, timestamptz, jsonb, or an enum's). */
  base: string;
  isArray: boolean;
  notNull: boolean;
  default: string | null;
  /** "a" always, "d" by default, "" none. */
  identity: string;
  /** Computed from the other columns of the row. */
  generated: boolean;
}

type Client = Pick<pg.Client, "query">;

/** Reads the schema "public", but for what extensions and the ledger of migrations put there. */
export async function readCatalogue(client: Client): Promise<Catalogue> {
  const columns = await readColumns(client);
  const constraints = await rows<{ table: string; name: string; definition: string; kind: string }>(client, constraintsQuery);
  const tables = await rows<Omit<Table, "columns" | "constraints">>(client, tablesQuery);
  const views = await rows<{ name: string; definition: string }>(client, viewsQuery);
  return {
    extensions: await names(client, "SELECT extname AS one FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1"),
    enums: await rows(client, enumsQuery),
    sequences: await rows(client, sequencesQuery),
    tables: tables.map((table) => ({
      ...table,
      columns: columns.get(table.name) ?? [],
      constraints: constraints.filter((one) => one.table === table.name),
    })),
    indexes: await names(client, indexesQuery),
    functions: await names(client, functionsQuery),
    views: views.map((view) => ({ ...view, columns: columns.get(view.name) ?? [] })),
    triggers: await names(client, triggersQuery),
  };
}

async function readColumns(client: Client): Promise<Map<string, Column[]>> {
  const all = await rows<Column & { table: string }>(client, columnsQuery);
  return Map.groupBy(all, ({ table }) => table);
}

async function rows<T extends object>(client: Client, query: string): Promise<T[]> {
  const found = await client.query<T & pg.QueryResultRow>(query);
  return found.rows;
}

async function names(client: Client, query: string): Promise<string[]> {
  const found = await rows<{ one: string }>(client, query);
  return found.map(({ one }) => one);
}

const ours = (oid: string, kind: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = ${oid} AND e.classid = '${kind}'::regclass AND e.deptype = 'e')`;

const tablesQuery = `
  SELECT c.relname AS name, pg_get_partkeydef(c.oid) AS "partitionKey", p.relname AS parent,
         CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END AS bounds
  FROM pg_class c
  LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
  LEFT JOIN pg_class p ON p.oid = i.inhparent
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'migrations'
    AND ${ours("c.oid", "pg_class")}
  ORDER BY c.relname COLLATE "C"`;

const columnsQuery = `
  SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
         coalesce(e.typname, nullif(b.typname, ''), t.typname) AS base, t.typelem <> 0 AND t.typlen = -1 AS "isArray",
         a.attnotnull AS "notNull", pg_get_expr(d.adbin, d.adrelid) AS "default",
         a.attidentity AS identity, a.attgenerated <> '' AS generated
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_type b ON b.oid = t.typbasetype
  LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typlen = -1
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY a.attrelid, a.attnum`;

const constraintsQuery = `
  SELECT c.relname AS "table", k.conname AS name, pg_get_constraintdef(k.oid) AS definition, k.contype::text AS kind
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
  WHERE k.connamespace = 'public'::regnamespace AND k.contype IN ('p', 'u', 'f', 'c', 'x')
    AND k.conislocal AND k.conparentid = 0
  ORDER BY c.relname COLLATE "C", position(k.contype::text IN 'puxcf'), k.conname COLLATE "C"`;

const indexesQuery = `
  SELECT pg_get_indexdef(i.indexrelid) AS one
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
  WHERE c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
  ORDER BY t.relname COLLATE "C", c.relname COLLATE "C"`;

const functionsQuery = `
  SELECT pg_get_functiondef(p.oid) AS one
  FROM pg_proc p
  WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p') AND ${ours("p.oid", "pg_proc")}
  ORDER BY p.proname COLLATE "C", pg_get_function_identity_arguments(p.oid) COLLATE "C"`;

const triggersQuery = `
  SELECT pg_get_triggerdef(t.oid) AS one
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal AND t.tgparentid = 0
  ORDER BY c.relname COLLATE "C", t.tgname COLLATE "C"`;

const viewsQuery = `
  SELECT c.relname AS name, pg_get_viewdef(c.oid) AS definition
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v' AND ${ours("c.oid", "pg_class")}
  ORDER BY c.relname COLLATE "C"`;

const enumsQuery = `
  SELECT t.typname AS name, array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS labels
  FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
  WHERE t.typnamespace = 'public'::regnamespace
  GROUP BY t.typname ORDER BY t.typname COLLATE "C"`;

/** Sequences of identity columns come with their tables. */
const sequencesQuery = `
  SELECT c.relname AS name, format('AS %s INCREMENT %s MINVALUE %s MAXVALUE %s START %s CACHE %s',
           format_type(s.seqtypid, NULL), s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache) AS definition
  FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
  WHERE c.relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'i')
  ORDER BY c.relname COLLATE "C"`;
