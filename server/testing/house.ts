import { plugRooms } from "../app/plugs.ts";
import { assembleRooms } from "../app/rooms.ts";
import { readConfig } from "../config.ts";
import { createWorkspace, insertMember, permissionsOf, systemActor, type Actor } from "../features/access/index.ts";
import { addAddress } from "../features/channels/email/index.ts";
import { receiveMessage } from "../features/conversations/index.ts";
import { findOrCreateCustomer } from "../features/customers/index.ts";
import { digestAll } from "../features/interactions/index.ts";
import { transaction } from "../platform/db/index.ts";
import { testDatabase } from "./database.ts";
import { testFiles } from "./files.ts";
import { runDueJobs } from "./run-due-jobs.ts";

export interface House {
  /** Ada, who owns Glaze & Co. */
  ada: Actor;
  workspaceId: number;
}

export const PUBLIC_URL = "http://localhost:3000";

/** The whole house without its doors: database, files, rooms joined and listening. Nothing runs by itself: call `settle`. */
export async function testHouse(): Promise<House> {
  await testDatabase();
  testFiles();
  plugRooms(readConfig({ PUBLIC_URL }));
  assembleRooms({ publicUrl: PUBLIC_URL });
  const { id: workspaceId } = await createWorkspace({ name: "Glaze & Co.", sample: false });
  await addAddress(systemActor(workspaceId), { address: "hello@glaze.example" });
  const member = await transaction({ workspaceId }, (tx) =>
    insertMember(tx, { userId: null, name: "Ada Okafor", email: "ada@glaze.example", role: "owner" }),
  );
  const ada: Actor = {
    workspaceId,
    kind: "member",
    id: member.id,
    memberId: member.id,
    name: member.name,
    permissions: permissionsOf("owner"),
  };
  return { ada, workspaceId };
}

/** Lets everything that follows from what was done so far happen: listeners, then jobs, until both are quiet. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await digestAll();
    await runDueJobs();
  }
  await digestAll();
}

/** A customer writes, as if by email. */
export async function writes(
  house: House,
  email: string,
  text: string,
  more: { subject?: string; conversationId?: number; at?: Date } = {},
): Promise<{ conversationId: number; messageId: number; customerId: number }> {
  return transaction(house, async (tx) => {
    const customer = await findOrCreateCustomer(tx, { email, source: "email" });
    const { conversation, message } = await receiveMessage(tx, {
      channel: "email",
      customer,
      conversationId: more.conversationId ?? null,
      mailAddressId: null,
      subject: more.subject ?? "Where is our box?",
      text,
      wholeText: null,
      html: null,
      hasRemoteImages: false,
      authentication: null,
      isAutomatic: false,
      files: [],
      at: more.at ?? tx.now,
    });
    return { conversationId: conversation.id, messageId: message.id, customerId: customer.id };
  });
}
