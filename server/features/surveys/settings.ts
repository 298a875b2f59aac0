import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { askingOf, saveAsking, type Asking } from "./queries.ts";

/** Decides who is asked: everybody under notice, only those who agreed, or nobody. */
export async function changeAsking(actor: Actor, asking: Asking): Promise<Asking> {
  authorize(actor, "workspace:write");
  return transaction(actor, async (tx) => {
    const before = await askingOf(tx);
    await saveAsking(tx, asking);
    await audit(tx, actor, {
      action: "surveys.change",
      subject: publicId("wsp", tx.workspaceId),
      before: { asking: before },
      after: { asking },
    });
    return asking;
  });
}
