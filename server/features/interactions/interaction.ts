import type { Initiative } from "./schemas.ts";

/** One thing that happened between a customer and the company, as it stands in the log. */
export interface Interaction {
  /** Order of arrival; its public id. */
  position: number;
  workspaceId: number;
  /** The person: the root of those who were merged. */
  customerId: number;
  /** The customer it was written for; it stays theirs when they are taken apart. */
  writtenFor: number;
  kind: string;
  occurredAt: Date;
  receivedAt: Date;
  /** Null: nobody began it; it follows from what happened. */
  initiative: Initiative | null;
  channel: string | null;
  stage: string | null;
  touchpointId: number | null;
  memberId: number | null;
  conversationId: number | null;
  orderId: number | null;
  source: string | null;
  properties: Record<string, unknown>;
}

export interface NewInteraction {
  kind: string;
  customerId: number;
  /** Default: the transaction's now. */
  occurredAt?: Date;
  /** Key of a touchpoint; it gives channel and stage where they are not given. */
  touchpoint?: string;
  channel?: string;
  stage?: string;
  /** Null: nobody began it; it follows from what happened. */
  initiative: Initiative | null;
  memberId?: number | null;
  conversationId?: number | null;
  orderId?: number | null;
  properties?: Record<string, unknown>;
  /** The properties as JSON that `storableJson` made, where a writer of many has it already. */
  propertiesJson?: string;
  /** Where it came from; with `sourceKey`, the same key is stored once. */
  source?: string;
  sourceKey?: string;
  /** The source's own time, which its repetitions share; default `occurredAt`. */
  keyedAt?: Date;
}

/** What `record` answers: null where the same source key was stored before. */
export interface Recorded {
  position: number;
}
