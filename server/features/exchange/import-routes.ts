import { Readable } from "node:stream";
import { Type } from "typebox";
import { requireActor } from "../access/index.ts";
import { reading, type Scope } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { decodeIdCursor, IdParams, ListOf, Nothing, page, PageQuery, type RoomApp } from "../../platform/http/index.ts";
import { parseId } from "../../platform/ids.ts";
import { cancelImport } from "./cancel-import.ts";
import { changeMapping } from "./change-mapping.ts";
import { findImport, listImports, type Import } from "./queries.ts";
import { refusalsOf } from "./refusal-queries.ts";
import { fieldViews, FieldView, ImportView, importView, MappingBody, RefusedView, ThingSchema } from "./schemas.ts";
import { startImport } from "./start-import.ts";
import { csvLine } from "./write-rows.ts";

const PERMISSION = { permission: "workspace:write" } as const;
const TAGS = { tags: ["files"] };

export function importRoutes(app: RoomApp): void {
  looking(app);
  changing(app);
}

function looking(app: RoomApp): void {
  app.get(
    "/imports",
    {
      config: PERMISSION,
      schema: {
        operationId: "listImports",
        summary: "Files that were imported or are about to be, the newest first",
        ...TAGS,
        querystring: Type.Object(PageQuery),
        response: { 200: ListOf(ImportView) },
      },
    },
    async (request) => {
      const { cursor, limit = 50 } = request.query;
      const found = await listImports(reading(requireActor(request)), { before: decodeIdCursor(cursor), limit: limit + 1 });
      const { rows, nextCursor } = page(found, limit, (row) => [row.id]);
      return { items: rows.map(importView), nextCursor };
    },
  );

  app.get(
    "/imports/:id",
    {
      config: PERMISSION,
      schema: {
        operationId: "getImport",
        summary: "One import, and how far it has got",
        ...TAGS,
        params: IdParams,
        response: { 200: ImportView },
      },
    },
    async (request) => importView(await requireImport(reading(requireActor(request)), request.params.id)),
  );

  app.get(
    "/import-fields",
    {
      config: PERMISSION,
      schema: {
        operationId: "listImportFields",
        summary: "The fields that a file's columns can be mapped to",
        ...TAGS,
        querystring: Type.Object({ thing: ThingSchema }),
        response: { 200: ListOf(FieldView) },
      },
    },
    async (request) => ({ items: fieldViews(request.query.thing), nextCursor: null }),
  );

  app.get(
    "/imports/:id/refused",
    {
      config: PERMISSION,
      schema: {
        operationId: "listRefusedLines",
        summary: "The lines that were not taken, or would not be, each with the reason",
        ...TAGS,
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: { 200: ListOf(RefusedView) },
      },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      const found = await requireImport(scope, request.params.id);
      const { cursor, limit = 50 } = request.query;
      const refused = await refusalsOf(scope, found.id, { after: decodeIdCursor(cursor) ?? 0, limit: limit + 1 });
      const { rows, nextCursor } = page(refused, limit, (row) => [row.line]);
      return { items: rows, nextCursor };
    },
  );

  app.get(
    "/imports/:id/refused.csv",
    {
      config: PERMISSION,
      schema: { operationId: "downloadRefusedLines", summary: "The same as a CSV file", ...TAGS, params: IdParams },
    },
    async (request, reply) => {
      const scope = reading(requireActor(request));
      const found = await requireImport(scope, request.params.id);
      return reply
        .header("content-type", "text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="refused.csv"`)
        .send(Readable.from(refusedLines(scope, found.id)));
    },
  );
}

function changing(app: RoomApp): void {
  app.put(
    "/imports/:id/mapping",
    {
      config: PERMISSION,
      schema: {
        operationId: "mapImport",
        summary: "Say which column is which field",
        ...TAGS,
        params: IdParams,
        body: MappingBody,
        response: { 200: ImportView },
      },
    },
    async (request) => {
      const { columns, fixed = {}, numbers, days } = request.body;
      const mapping = { columns, fixed, ...(numbers ? { numbers } : {}), ...(days ? { days } : {}) };
      return importView(await changeMapping(requireActor(request), parseId("imp", request.params.id), mapping));
    },
  );

  for (const [path, state, operationId, summary] of STARTS)
    app.post(
      `/imports/:id/${path}`,
      { config: PERMISSION, schema: { operationId, summary, ...TAGS, params: IdParams, response: { 202: ImportView } } },
      async (request, reply) =>
        reply.code(202).send(importView(await startImport(requireActor(request), parseId("imp", request.params.id), state))),
    );

  app.delete(
    "/imports/:id",
    {
      config: PERMISSION,
      schema: {
        operationId: "cancelImport",
        summary: "Stop an import where it is; what was taken in stays",
        ...TAGS,
        params: IdParams,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await cancelImport(requireActor(request), parseId("imp", request.params.id));
      return reply.code(204).send(null);
    },
  );
}

const STARTS = [
  ["trial", "trying", "tryImport", "See what would happen: new, changed, unchanged, refused; nothing is taken in"],
  ["run", "running", "runImport", "Take the file in"],
] as const;

async function requireImport(scope: Scope, id: string): Promise<Import> {
  const found = await findImport(scope, parseId("imp", id));
  if (!found) throw notFound("import");
  return found;
}

const PAGE = 1000;

async function* refusedLines(scope: Scope, id: number): AsyncGenerator<string> {
  yield csvLine(["line", "reason", "text"]);
  for (let after = 0; ;) {
    const rows = await refusalsOf(scope, id, { after, limit: PAGE });
    yield rows.map(({ line, reason, text }) => csvLine([line, reason, text])).join("");
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.line ?? after;
  }
}
