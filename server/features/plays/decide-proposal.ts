import { audit, authorize, type Actor } from "../access/index.ts";
import { beginConversation } from "../conversations/index.ts";
import { requireCustomer } from "../customers/index.ts";
import { record } from "../interactions/index.ts";
import { transaction, type Tx } from "../../platform/db/index.ts";
import { conflict, notFound } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { whyWithheld } from "./propose-apology.ts";
import { lockProposal, saveProposal, type Proposal } from "./queries.ts";

export interface Wording {
  subject?: string;
  text?: string;
}

/** A person puts a proposal into other words before anything is decided. */
export async function editProposal(actor: Actor, id: number, wording: Wording): Promise<Proposal> {
  authorize(actor, "proposals:write");
  return transaction(actor, async (tx) => {
    const proposal = await hold(tx, id);
    if (proposal.state !== "proposed") throw conflict(`This message was ${proposal.state} already.`);
    await audit(tx, actor, { action: "plays.edit", subject: publicId("prp", id) });
    return Object.keys(wording).length === 0 ? proposal : saveProposal(tx, id, wording);
  });
}

/**
 * A person approves: the message goes out as a service message, in a conversation of its own where the answer lands.
 * Sending twice is no error and sends once.
 */
export async function sendProposal(actor: Actor, id: number, wording: Wording): Promise<Proposal> {
  authorize(actor, "proposals:write");
  return transaction(actor, async (tx) => {
    const proposal = await hold(tx, id);
    if (proposal.state === "sent") return proposal;
    if (proposal.state === "dropped") throw conflict("This message was dropped.");
    const withheld = await whyWithheld(tx, await requireCustomer(tx, proposal.customerId));
    if (withheld !== null) throw conflict(`It may not be sent: ${withheld}`);

    const { subject, text } = { ...proposal, ...wording };
    const cause = { play: proposal.play, proposal: publicId("prp", id), orderId: proposal.orderId };
    const { conversation } = await beginConversation(tx, actor, {
      customerId: proposal.customerId,
      subject,
      text,
      class: "service",
      cause,
    });
    await audit(tx, actor, {
      action: "plays.send",
      subject: publicId("prp", id),
      after: { conversation: publicId("con", conversation.id) },
    });
    return saveProposal(tx, id, {
      state: "sent",
      subject,
      text,
      conversationId: conversation.id,
      decidedBy: actor.memberId,
      decidedAt: tx.now,
    });
  });
}

/** A person decides against it. Dropping twice is no error. */
export async function dropProposal(actor: Actor, id: number): Promise<Proposal> {
  authorize(actor, "proposals:write");
  return transaction(actor, async (tx) => {
    const proposal = await hold(tx, id);
    if (proposal.state === "dropped") return proposal;
    if (proposal.state === "sent") throw conflict("This message has gone out already.");
    await record(tx, {
      kind: "play.dropped",
      customerId: proposal.customerId,
      orderId: proposal.orderId,
      memberId: actor.memberId,
      touchpoint: "email-outreach",
      initiative: "proactive",
      properties: { play: proposal.play, proposal: publicId("prp", id) },
    });
    await audit(tx, actor, { action: "plays.drop", subject: publicId("prp", id) });
    return saveProposal(tx, id, { state: "dropped", decidedBy: actor.memberId, decidedAt: tx.now });
  });
}

async function hold(tx: Tx, id: number): Promise<Proposal> {
  const proposal = await lockProposal(tx, id);
  if (!proposal) throw notFound("proposal");
  return proposal;
}
