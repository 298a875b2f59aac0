import multipart, { type MultipartFile } from "@fastify/multipart";
import { Readable } from "node:stream";
import { Type } from "typebox";
import { isFirst, requireActor } from "../access/index.ts";
import { reading } from "../../platform/db/index.ts";
import { invalid, notFound, tooLarge } from "../../platform/errors.ts";
import { openFile, putFile } from "../../platform/files/index.ts";
import type { RoomApp } from "../../platform/http/index.ts";
import { servedTypeOf, uploadAttachment } from "./attachments.ts";
import { attachmentByToken } from "./message-queries.ts";
import { AttachmentView } from "./schemas.ts";
import { attachmentView } from "./views.ts";

const LARGEST = 20 * 1024 * 1024;

export function attachmentRoutes(app: RoomApp): void {
  void app.register(async (scope: RoomApp) => {
    await scope.register(multipart, { limits: { fileSize: LARGEST, files: 1, fields: 0 } });
    scope.post(
      "/attachments",
      {
        config: { permission: "conversations:write", readsStream: true },
        schema: {
          operationId: "uploadAttachment",
          summary: "Upload a file to send with a reply (multipart, one file)",
          tags: ["conversations"],
          response: { 201: AttachmentView },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const part = request.isMultipart() ? await request.file().catch(notWhole) : undefined;
        if (!part) throw invalid("Send one file as multipart/form-data.");
        const upload = { name: part.filename, type: part.mimetype, ...(await putFile(Readable.from(whole(part.file)))) };
        if (!(await isFirst(request, reply, upload))) return reply;
        const file = await uploadAttachment(actor, upload);
        return reply.code(201).send(attachmentView(file));
      },
    );
  });

  app.get(
    "/attachments/:token",
    {
      config: { permission: "conversations:read" },
      schema: {
        operationId: "getAttachment",
        summary: "A file from a message",
        tags: ["conversations"],
        params: Type.Object({ token: Type.String({ maxLength: 60 }) }),
      },
    },
    async (request, reply) => {
      const file = await attachmentByToken(reading(requireActor(request)), request.params.token);
      if (!file) throw notFound("attachment");
      return reply
        .header("content-type", servedTypeOf(file.type))
        .header("content-length", file.size)
        .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        .header("x-content-type-options", "nosniff")
        .header("content-security-policy", "default-src 'none'; sandbox")
        .header("cache-control", "private, max-age=31536000, immutable")
        .send(openFile(file.digest));
    },
  );
}

/** The parser cuts a file off at the limit; a stump of either sort fails before it is kept. @throws Problem 413, or 400 for a form without an end */
async function* whole(file: MultipartFile["file"]): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of file) yield chunk;
  } catch (error) {
    if (!file.truncated) notWhole(error);
  }
  if (file.truncated) throw tooLarge("A file has at most 20 MB.");
}

/** What the parser throws of a form without a boundary or an end; its own limits are problems already. @throws Problem 400 */
function notWhole(error: unknown): never {
  if (error instanceof Error && "statusCode" in error) throw error;
  throw invalid("The form is not whole: send one file as multipart/form-data.");
}
