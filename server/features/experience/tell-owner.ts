import { listMembers, type Member } from "../access/index.ts";
import { queueEmail } from "../channels/email/index.ts";
import { openConversationOf } from "../conversations/index.ts";
import { findCustomer } from "../customers/index.ts";
import { publicId } from "../../platform/ids.ts";
import { reading, transaction } from "../../platform/db/index.ts";
import { readExperience } from "./read-experience.ts";

export interface AtRisk {
  workspaceId: number;
  customerId: number;
}

/**
 * Tells, by mail, that a customer has come to be at risk, while there is time: whoever has their open conversation, or
 * else the workspace's owners.
 */
export async function tellOwner({ workspaceId, customerId }: AtRisk, publicUrl: string): Promise<void> {
  const scope = reading({ workspaceId });
  const [customer, members, conversation, experience] = await Promise.all([
    findCustomer(scope, customerId),
    listMembers(scope),
    openConversationOf(scope, customerId),
    readExperience(scope, customerId),
  ]);
  if (!customer || !experience.atRisk) return;
  const name = customer.name ?? customer.email ?? "A customer";
  const reasons = experience.contributions.filter((each) => each.points < 0).slice(0, 3);
  const text = [
    `${name} has had ${experience.poorExperiences} poor experiences within 90 days.`,
    ...reasons.map((each) => `${each.reason} (${each.points.toFixed(1).replace("-", "−")})`),
    `${publicUrl}/customers/${publicId("cus", customerId)}`,
  ].join("\n\n");
  await transaction({ workspaceId }, async (tx) => {
    for (const member of ownersOf(members, conversation?.assigneeId ?? null)) {
      await queueEmail(tx, {
        customerId,
        conversationId: null,
        messageId: null,
        to: { address: member.email, name: member.name },
        fromName: "Throughline",
        mailAddressId: null,
        subject: `At risk: ${name}`,
        text,
        class: "transactional",
        automatic: true,
      });
    }
  });
}

function ownersOf(members: readonly Member[], assigneeId: number | null): Member[] {
  const assignee = members.filter((member) => member.id === assigneeId);
  return assignee.length > 0 ? assignee : members.filter((member) => member.role === "owner");
}
