import {
  createWorkspace,
  ensureUser,
  insertMember,
  updateWorkspace,
  type Member,
  type SignIn,
  type Workspace,
} from "../../server/features/access/index.ts";
import { addAddress } from "../../server/features/channels/email/index.ts";
import { systemActor } from "../../server/features/access/index.ts";
import { importConversation } from "../../server/features/conversations/index.ts";
import { importCustomers } from "../../server/features/customers/index.ts";
import { digestAll, record, type NewInteraction } from "../../server/features/interactions/index.ts";
import { importOrders } from "../../server/features/orders/index.ts";
import { saveServiceLevel, serviceLevelOf } from "../../server/features/service-levels/index.ts";
import { importResponse } from "../../server/features/surveys/index.ts";
import { now } from "../../server/platform/clock.ts";
import { transaction, type Tx } from "../../server/platform/db/index.ts";
import { publicId } from "../../server/platform/ids.ts";
import { live, type Life, type SampleConversation } from "./life.ts";
import { addToday } from "./today.ts";

export const SAMPLE_COMPANY = "Glaze & Co.";
const PROMISED_MINUTES = 240;
const SIZE = 300;
const SEED = 7;
const AT_ONCE = 2000;

const STAFF = [
  { name: "Ada Okafor", email: "ada@glaze.example", role: "owner" },
  { name: "Tom Brandt", email: "tom@glaze.example", role: "agent" },
  { name: "Luca Moretti", email: "luca@glaze.example", role: "admin" },
  { name: "Ines Duarte", email: "ines@glaze.example", role: "viewer" },
] as const;

/** Makes the sample company and 90 days of its life, with so many customers, written through the rooms' doors in one transaction. */
export async function writeSample(signIn: SignIn, password: string, size = SIZE): Promise<Workspace> {
  const workspace = await createWorkspace({ name: SAMPLE_COMPANY, sample: true });
  const users = await Promise.all(STAFF.map((person) => ensureUser(signIn, { ...person, password })));
  const lives = live({ seed: SEED, size, now: now(), promisedMinutes: PROMISED_MINUTES });
  addToday(lives, now());
  await transaction({ workspaceId: workspace.id }, async (tx) => {
    const members = await furnish(tx, users);
    const happened = await writeLives(tx, lives, members);
    happened.sort((a, b) => (a.occurredAt?.getTime() ?? 0) - (b.occurredAt?.getTime() ?? 0));
    for (let start = 0; start < happened.length; start += AT_ONCE) await record(tx, happened.slice(start, start + AT_ONCE));
  });
  await addAddress(systemActor(workspace.id), { address: "hello@glaze.example", name: SAMPLE_COMPANY });
  await digestAll();
  return workspace;
}

/** People, hours and promises. */
async function furnish(tx: Tx, users: readonly string[]): Promise<Member[]> {
  await updateWorkspace(tx, { timeZone: "Europe/London", currency: "GBP", locale: "en-GB" });
  const level = await serviceLevelOf(tx);
  const everyDay = Array.from({ length: 7 }, () => [["08:00", "20:00"] as const]);
  await saveServiceLevel(tx, {
    ...level,
    firstResponseMinutes: PROMISED_MINUTES,
    nextResponseMinutes: PROMISED_MINUTES,
    hours: { ...level.hours, days: everyDay },
  });
  const members: Member[] = [];
  for (const [index, person] of STAFF.entries()) members.push(await insertMember(tx, { ...person, userId: users[index] ?? null }));
  return members;
}

async function writeLives(tx: Tx, lives: readonly Life[], members: readonly Member[]): Promise<NewInteraction[]> {
  const ids = await importCustomers(tx, lives.map(asCustomer));
  const orders = lives.flatMap((life, index) =>
    life.orders.map((order) => ({
      key: { source: "sample", externalId: order.number },
      customerId: ids[index] ?? 0,
      words: {
        number: order.number,
        items: order.items,
        total: order.total,
        currency: "GBP",
        placedAt: order.placedAt.toISOString(),
        promisedAt: order.promisedAt.toISOString(),
        ...(order.deliveredAt ? { deliveredAt: order.deliveredAt.toISOString() } : {}),
      },
    })),
  );
  const happened = await importOrders(tx, orders);
  const conversations = lives.flatMap((life, index) =>
    life.conversations.map((conversation) => ({ life, conversation, customerId: ids[index] ?? 0 })),
  );
  conversations.sort((a, b) => startOf(a.conversation) - startOf(b.conversation));
  for (const each of conversations) {
    const queueLength = conversations.filter(
      ({ conversation }) => startOf(conversation) < startOf(each.conversation) && waitsUntil(conversation) > startOf(each.conversation),
    ).length;
    happened.push(...(await writeConversation(tx, each, members, queueLength)));
  }
  return happened;
}

type Told = { life: Life; conversation: SampleConversation; customerId: number };

async function writeConversation(
  tx: Tx,
  { life, conversation, customerId }: Told,
  members: readonly Member[],
  queueLength: number,
): Promise<NewInteraction[]> {
  const member = members[conversation.member];
  const isAssigned = conversation.messages.some((message) => message.from === "member") || conversation.member === 0;
  const { id, happened } = await importConversation(
    tx,
    {
      customer: { id: customerId, name: life.person.name, email: life.person.email },
      subject: conversation.subject,
      channel: "email",
      assigneeId: isAssigned ? (member?.id ?? null) : null,
      messages: conversation.messages.map((message) => ({ ...message, memberId: member?.id ?? null, memberName: member?.name ?? "" })),
      closedAt: conversation.closedAt,
      readers: conversation.closedAt === null ? [] : members.map((each) => each.id),
    },
    { queueLength, onShift: members.slice(0, 3).map((each) => publicId("mem", each.id)) },
  );
  const { rating, closedAt } = conversation;
  if (rating === null || closedAt === null) return happened;
  const response = await importResponse(tx, {
    conversationId: id,
    customerId,
    memberId: member?.id ?? null,
    askedAt: closedAt,
    rating: rating.value,
    comment: rating.comment,
    answeredAt: rating.at,
  });
  return [...happened, ...response];
}

function asCustomer(life: Life) {
  const moments = [
    ...life.orders.map((order) => order.placedAt),
    ...life.conversations.map((conversation) => conversation.messages.at(-1)?.at ?? now()),
  ].map((moment) => moment.getTime());
  const { name, email, organization } = life.person;
  const fallback = now().getTime() - life.person.firstBuys * 86_400_000;
  return {
    name,
    email,
    organization,
    firstSeenAt: new Date(Math.min(...moments, fallback + 86_400_000)),
    lastSeenAt: new Date(Math.max(...moments, fallback)),
  };
}

function startOf(conversation: SampleConversation): number {
  return conversation.messages[0]?.at.getTime() ?? 0;
}

function waitsUntil(conversation: SampleConversation): number {
  return conversation.messages.find((message) => message.from === "member")?.at.getTime() ?? Number.POSITIVE_INFINITY;
}
