import { listMembers } from "../access/index.ts";
import { linkAttachments } from "../channels/email/index.ts";
import { findCustomers, standingsOf, summaryOf, type Standing } from "../customers/index.ts";
import { serviceLevelOf } from "../service-levels/index.ts";
import { now } from "../../platform/clock.ts";
import type { Scope } from "../../platform/db/index.ts";
import { publicId, publicIdOrNull } from "../../platform/ids.ts";
import { deadlineOf } from "./deciding.ts";
import { attachmentsOf, type Attachment, type Message } from "./message-queries.ts";
import type { Conversation } from "./queries.ts";
import type { ConversationItem, MessageView } from "./schemas.ts";

const UNKNOWN: Standing = { score: null, low: 0, high: 100, atRisk: false, poorExperiences: 0, reason: null, line: [] };

/** Conversations as lists show them: with who, how they are doing, and until when. A fixed number of queries a page. */
export async function itemsOf(scope: Scope, rows: readonly (Conversation & { unread: boolean })[]): Promise<ConversationItem[]> {
  const customerIds = rows.map((row) => row.customerId);
  const [customers, standings, members, level] = await Promise.all([
    findCustomers(scope, customerIds),
    standingsOf(scope, customerIds),
    listMembers(scope),
    serviceLevelOf(scope),
  ]);
  const names = new Map(members.map((member) => [member.id, member.name]));
  const at = now();
  return rows.map((row) => {
    const customer = customers.get(row.customerId) ?? { id: row.customerId, name: null, email: null };
    const standing = standings.get(row.customerId) ?? UNKNOWN;
    const deadline = deadlineOf(row, at, level);
    return {
      id: publicId("con", row.id),
      subject: row.subject,
      status: row.status,
      customer: summaryOf(customer),
      assignee:
        row.assigneeId === null ? null : { id: publicId("mem", row.assigneeId), name: names.get(row.assigneeId) ?? "Former member" },
      channel: row.channel,
      priority: row.priority,
      tags: row.tags,
      openedAt: row.openedAt.toISOString(),
      lastMessageAt: row.lastMessageAt.toISOString(),
      closedAt: row.closedAt?.toISOString() ?? null,
      preview: row.preview,
      unread: row.unread,
      deadline: deadline && { ...deadline, at: deadline.at.toISOString(), startedAt: deadline.startedAt.toISOString() },
      ...standing,
      reason: standing.atRisk ? `First: ${standing.poorExperiences} poor experiences` : standing.reason,
      line: standing.line.map((point) => ({ ...point, at: point.at.toISOString() })),
    };
  });
}

export async function messageViews(scope: Scope, messages: readonly Message[]): Promise<MessageView[]> {
  const files = Map.groupBy(
    await attachmentsOf(
      scope,
      messages.map((message) => message.id),
    ),
    (file) => file.messageId,
  );
  return messages.map((message) => ({
    id: publicId("msg", message.id),
    kind: message.kind,
    direction: message.direction,
    author: {
      kind: message.authorKind,
      id: publicIdOrNull(message.authorKind === "customer" ? "cus" : "mem", message.authorId),
      name: message.authorName,
    },
    text: message.text,
    wholeText: message.wholeText,
    html: message.html === null ? null : withOwnImages(message.html, files.get(message.id) ?? []),
    htmlHasRemoteImages: message.hasRemoteImages,
    attachments: (files.get(message.id) ?? []).map(attachmentView),
    delivery: message.deliveryState === null ? null : { state: message.deliveryState, detail: message.deliveryDetail },
    authentication: message.authentication ?? null,
    createdAt: message.createdAt.toISOString(),
  }));
}

/** Its own images come from its attachments; remote ones wait in data-remote-src for a click. */
function withOwnImages(safeHtml: string, files: readonly Attachment[]): string {
  return linkAttachments(safeHtml, (contentId) => {
    const file = files.find((each) => each.contentId === contentId);
    return file ? attachmentView(file).url : null;
  });
}

export function attachmentView(file: Attachment) {
  return {
    id: publicId("att", file.id),
    name: file.name,
    type: file.type,
    size: file.size,
    url: `/api/v1/attachments/${file.token}`,
    contentId: file.contentId,
  };
}
