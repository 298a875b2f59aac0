import multipart, { type MultipartFile } from "@fastify/multipart";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Readable } from "node:stream";
import { Type } from "typebox";
import { authorize, isFirst, requireActor } from "../access/index.ts";
import { invalid } from "../../platform/errors.ts";
import { removeFile } from "../../platform/files/index.ts";
import type { RoomApp } from "../../platform/http/index.ts";
import { ImportView, importView, ThingSchema } from "./schemas.ts";
import { addImport, keepFile } from "./upload-file.ts";
import type { ThingName } from "./fields.ts";
import type { Import } from "./queries.ts";

/** Far beyond the files that shops export; what streams in is never held in memory. */
const LARGEST = 100 * 1024 ** 3;

/** Takes a file of any size, as the body itself or as a form with one file. */
export function uploadRoute(app: RoomApp): void {
  void app.register(async (scope: RoomApp) => {
    await scope.register(multipart, { limits: { fileSize: LARGEST, files: 1, fields: 0 } });
    // Whatever programs call it, the file itself tells what it is.
    scope.removeContentTypeParser(["application/json", "text/plain"]);
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    scope.post(
      "/imports",
      {
        config: { permission: "workspace:write", readsStream: true, takesLong: true },
        schema: {
          operationId: "uploadImport",
          summary: "Upload a CSV or NDJSON file to import: as the body, or as multipart with one file. Nothing of it is taken in yet",
          tags: ["files"],
          querystring: Type.Object({
            thing: ThingSchema,
            name: Type.Optional(Type.String({ maxLength: 200, description: "What the file is called; default as in the form." })),
          }),
          response: { 201: ImportView },
        },
      },
      async (request, reply) => {
        const added = await take(request, reply, request.query);
        return added ? reply.code(201).send(importView(added)) : reply;
      },
    );
  });
}

/** Undefined: the same request was answered before, and now again. */
async function take(request: FastifyRequest, reply: FastifyReply, given: { thing: ThingName; name?: string }): Promise<Import | undefined> {
  const actor = requireActor(request);
  authorize(actor, "workspace:write");
  const part = request.isMultipart() ? await request.file().catch(notWhole) : undefined;
  if (request.isMultipart() && !part) throw invalid("Send one file as multipart/form-data.");
  const file = await keepFile(part ? Readable.from(whole(part.file)) : request.raw);
  const name = given.name ?? part?.filename ?? `${given.thing}.${file.inspected.shape.format}`;
  if (!(await isFirst(request, reply, { name, content: file.contentHash }).catch((error: unknown) => drop(file.digest, error)))) {
    await removeFile(file.digest);
    return undefined;
  }
  return addImport(actor, file, { thing: given.thing, name });
}

async function drop(digest: string, error: unknown): Promise<never> {
  await removeFile(digest);
  throw error;
}

/** A stump of a form fails before it is kept. @throws Problem 400 */
async function* whole(file: MultipartFile["file"]): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of file) yield chunk;
  } catch (error) {
    notWhole(error);
  }
  if (file.truncated) throw invalid("The file is larger than 100 GB; cut it into several.");
}

function notWhole(error: unknown): never {
  if (error instanceof Error && "statusCode" in error) throw error;
  throw invalid("The form is not whole: send one file as multipart/form-data.");
}
