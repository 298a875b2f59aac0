import type { Tx } from "../../platform/db/index.ts";
import type { LetterOut, Posted } from "./mail-out.ts";

export async function sendByEmail(_tx: Tx, letter: LetterOut): Promise<Posted> {
  return { deliveryId: letter.messageId, state: "kept", detail: "Not sent: no mail server set." };
}
