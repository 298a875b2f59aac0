import { Readable } from "node:stream";
import { Type } from "typebox";
import { audit, authorize, requireActor, type Permission } from "../access/index.ts";
import { reading, transaction } from "../../platform/db/index.ts";
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
        querystring: Type.Object({ format: Type.Optional(FormatSchema) }),
      },
    },
    async (request, reply) => {
      const actor = requireActor(request);
      authorize(actor, permission);
      const { format = "csv" } = request.query;
      await transaction(actor, (tx) => audit(tx, actor, { action: "exchange.export", subject: thing, after: { format } }));
      return reply
        .header("content-type", TYPES[format])
        .header("content-disposition", `attachment; filename="${thing}.${format}"`)
        .header("cache-control", "no-store")
        .send(Readable.from(writeRows(exportRows(reading(actor), thing), COLUMNS[thing], format)));
    },
  );
}
