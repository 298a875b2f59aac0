import { Readable } from "node:stream";
import { Type } from "typebox";
import { audit, authorize, requireActor, type Permission } from "../access/index.ts";
import { reading, transaction, type Scope } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { parseId } from "../../platform/ids.ts";
import { listSegments } from "../segments/index.ts";
import type { RoomApp } from "../../platform/http/index.ts";
import { COLUMNS, exportRows } from "./export-rows.ts";
import type { ThingName } from "./fields.ts";
import { FormatSchema } from "./schemas.ts";
import { writeRows } from "./write-rows.ts";

const TYPES = { csv: "text/csv; charset=utf-8", ndjson: "application/x-ndjson; charset=utf-8" };

export function exportRoutes(app: RoomApp): void {
  addExport(app, "customers", "customers:read", "exportCustomers");
  addExport(app, "interactions", "customers:read", "exportInteractions");
  addExport(app, "orders", "orders:read", "exportOrders");
}

function addExport(app: RoomApp, thing: ThingName, permission: Permission, operationId: string): void {
  app.get(
    `/exports/${thing}`,
    {
      config: { permission },
      schema: {
        operationId,
        summary: `All ${thing} as a file, in the form in which they can be imported again`,
        tags: ["files"],
        querystring: Type.Object({
          format: Type.Optional(FormatSchema),
          segment: Type.Optional(Type.String({ maxLength: 32, description: "Only of those in this segment." })),
        }),
      },
    },
    async (request, reply) => {
      const actor = requireActor(request);
      authorize(actor, permission);
      const { format = "csv", segment } = request.query;
      const segmentId = segment === undefined ? null : await requireSegment(reading(actor), segment);
      await transaction(actor, (tx) =>
        audit(tx, actor, { action: "exchange.export", subject: thing, after: { format, segment: segment ?? null } }),
      );
      return reply
        .header("content-type", TYPES[format])
        .header("content-disposition", `attachment; filename="${thing}.${format}"`)
        .header("cache-control", "no-store")
        .send(Readable.from(writeRows(exportRows(reading(actor), thing, segmentId), COLUMNS[thing], format)));
    },
  );
}

async function requireSegment(scope: Scope, text: string): Promise<number> {
  const id = parseId("seg", text);
  if (!(await listSegments(scope)).some((each) => each.id === id)) throw notFound("segment");
  return id;
}
