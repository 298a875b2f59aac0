import { membersOnShift } from "../access/index.ts";
import { together, type Scope } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { queueLength } from "./queries.ts";

/** What cannot be rebuilt later: how long the queue was, and who was there, when somebody wrote. */
export interface Arrival {
  /** Conversations waiting for an answer, without this one. */
  queueLength: number;
  /** Members on shift, by public id. */
  onShift: string[];
}

/** @param conversationId the one that the message joins; null when it begins one */
export async function arrivalNow(scope: Scope, conversationId: number | null): Promise<Arrival> {
  const [waiting, members] = await together([queueLength(scope, conversationId), membersOnShift(scope)]);
  return { queueLength: waiting, onShift: members.map((id) => publicId("mem", id)) };
}
