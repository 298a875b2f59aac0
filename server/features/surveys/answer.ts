import { publicIdOrNull } from "../../platform/ids.ts";
import { recordConsent, findCustomer, normaliseEmail, suppress } from "../customers/index.ts";
import { record } from "../interactions/index.ts";
import { anywhere, transaction } from "../../platform/db/index.ts";
import { conflict, notFound } from "../../platform/errors.ts";
import { askByToken, lockAsk, notePress, responseTo, saveResponse, type Ask, type Response } from "./queries.ts";

const CHANGEABLE_DAYS = 7;
const MACHINE_MS = 5000;

/** @throws Problem 404 for a token that we did not send */
export async function requireAsk(token: string): Promise<Ask> {
  const found = await askByToken(anywhere(), token);
  if (!found) throw notFound("question");
  return found;
}

export interface Answer {
  rating: number;
  comment: string | null;
}

/**
 * Takes an answer: a press of the visible button. The last one within a week stands. Different ratings pressed within
 * seconds come from a machine that presses everything, and void each other.
 * @throws Problem 404, or 409 when the week has passed
 */
export async function answerSurvey(token: string, answer: Answer): Promise<Response> {
  const { id, workspaceId } = await requireAsk(token);
  return transaction({ workspaceId }, async (tx) => {
    const found = await lockAsk(tx, id);
    if (!found) throw notFound("question");
    const before = await responseTo(tx, id);
    if (before && tx.now.getTime() - before.answeredAt.getTime() > CHANGEABLE_DAYS * 86_400_000) {
      throw conflict("An answer can be changed for a week, and that week has passed.");
    }
    const pressed = await notePress(tx, id, answer.rating, new Date(tx.now.getTime() - MACHINE_MS));
    const isMachine = pressed.length > 2;
    const response = await saveResponse(tx, found, isMachine ? { rating: null, comment: null } : answer);
    await record(tx, {
      kind: isMachine ? "survey.voided" : "survey.answered",
      customerId: found.customerId,
      conversationId: found.conversationId,
      memberId: found.memberId,
      touchpoint: "survey",
      initiative: "proactive",
      properties: {
        survey: "csat",
        rating: response.rating,
        comment: response.comment,
        changed: before !== undefined,
        creditedTo: publicIdOrNull("mem", found.memberId),
      },
    });
    return response;
  });
}

export const STOP_WORDING = "Do not ask me again how it was.";

/** No more questions to this customer, at once. */
export async function stopAsking(token: string): Promise<void> {
  const { customerId, workspaceId } = await requireAsk(token);
  await transaction({ workspaceId }, async (tx) => {
    const customer = await findCustomer(tx, customerId);
    const address = customer?.email ? normaliseEmail(customer.email) : null;
    if (address !== null)
      await suppress(tx, { channel: "email", address, class: "survey", reason: "They asked not to be asked.", source: "survey mail" });
    await recordConsent(tx, customerId, {
      channel: "email",
      class: "survey",
      granted: false,
      source: "survey mail",
      wording: STOP_WORDING,
    });
  });
}
