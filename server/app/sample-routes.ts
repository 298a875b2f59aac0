import { Type } from "typebox";
import { requireActor } from "../features/access/index.ts";
import type { RoomApp } from "../platform/http/index.ts";
import { removeSample } from "./remove-workspace.ts";

export function sampleRoutes(app: RoomApp): void {
  app.delete(
    "/sample",
    {
      config: { permission: "workspace:write" },
      schema: {
        operationId: "removeSample",
        summary: "Remove the sample company and start with an empty workspace",
        tags: ["operation"],
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await removeSample(requireActor(request));
      return reply.code(204).send(null);
    },
  );
}
