import { refusalOf } from "../../../../sdk/index.ts";
import type { Attachment } from "../../../../sdk/index.ts";

/** Sends a file to be attached. Answers with what it is called by. */
export async function upload(file: File): Promise<Pick<Attachment, "id" | "name" | "size">> {
  const form = new FormData();
  form.append("file", file, file.name);
  const response = await fetch("/api/v1/attachments", { method: "POST", body: form }).catch(() => null);
  if (!response) throw refusalOf(0, { detail: "The server did not answer." });
  const told: unknown = await response.json().catch(() => null);
  if (!response.ok) throw refusalOf(response.status, told);
  if (typeof told !== "object" || told === null || !("id" in told) || typeof told.id !== "string") {
    throw refusalOf(response.status, { detail: "The server did not say where the file is." });
  }
  return { id: told.id, name: file.name, size: file.size };
}
