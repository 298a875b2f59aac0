import { parseArgs } from "node:util";
import { createKey as create, firstWorkspace, PERMISSIONS, systemActor } from "../features/access/index.ts";
import { anywhere } from "../platform/db/index.ts";
import { parseId } from "../platform/ids.ts";
import { withDatabase } from "./with-database.ts";

/** Makes an API key and prints it, this once. With no scope named it may do everything. */
export async function createKey(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { scope: { type: "string", multiple: true }, workspace: { type: "string" } },
  });
  return withDatabase(async () => {
    const workspaceId = values.workspace === undefined ? (await firstWorkspace(anywhere()))?.id : parseId("wsp", values.workspace);
    if (workspaceId === undefined) {
      console.error("There is no workspace yet: start Throughline once, then make the key.");
      return 1;
    }
    const { key } = await create(systemActor(workspaceId), {
      name: positionals.join(" ") || "command line",
      scopes: values.scope ?? [...PERMISSIONS],
    });
    console.log(key);
    return 0;
  });
}
