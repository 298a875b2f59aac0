import { requireKnownCalendar } from "../../platform/calendars.ts";
import { transaction } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { authorize, type Actor } from "./actor.ts";
import { audit } from "./audit.ts";
import { findWorkspace, updateWorkspace, type Workspace } from "./queries.ts";

export type WorkspaceChange = Partial<Pick<Workspace, "name" | "timeZone" | "currency" | "locale">>;

/** @throws Problem 400 when the time zone or language is not one that calendars know */
export async function changeWorkspace(actor: Actor, change: WorkspaceChange): Promise<Workspace> {
  authorize(actor, "workspace:write");
  requireKnownCalendar(change);
  return transaction(actor, async (tx) => {
    const before = await findWorkspace(tx);
    if (!before) throw notFound("workspace");
    if (Object.keys(change).length === 0) return before;
    const after = await updateWorkspace(tx, change);
    await audit(tx, actor, {
      action: "workspace.change",
      subject: publicId("wsp", before.id),
      before: { name: before.name, timeZone: before.timeZone },
      after: change,
    });
    return after;
  });
}
