import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { saveSettings, settingsOf, type PlaySettings } from "./queries.ts";

/** Changes what is proposed from now on; what waits already keeps its words. */
export async function changePlaySettings(actor: Actor, change: Partial<PlaySettings>): Promise<PlaySettings> {
  authorize(actor, "workspace:write");
  return transaction(actor, async (tx) => {
    const before = await settingsOf(tx);
    const after = { ...before, ...change };
    await saveSettings(tx, after);
    await audit(tx, actor, { action: "plays.change", subject: publicId("wsp", tx.workspaceId), before, after });
    return after;
  });
}
