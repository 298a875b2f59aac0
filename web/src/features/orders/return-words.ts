import type { Order } from "../../../../sdk/index.ts";
import { formatDay } from "../../shell/words.ts";

type Return = Order["returns"][number];

/** How far a return has come, with its day where that is known: "Return asked for 19 Nov: wrong size". */
export function returnWords({ status, requestedAt, receivedAt, reason }: Return): string {
  const why = reason === null || reason === "" ? "" : `: ${reason}`;
  if (status === "declined") return `Return declined${why}`;
  if (status === "cancelled") return `Return called off${why}`;
  if (receivedAt !== null || status === "closed") return `Came back${on(receivedAt)}${why}`;
  if (status === "approved") return `Return agreed to${requestedAt === null ? "" : `, asked for${on(requestedAt)}`}${why}`;
  return `${status === "requested" || requestedAt !== null ? "Return asked for" : "Return"}${on(requestedAt)}${why}`;
}

function on(at: string | null): string {
  return at === null ? "" : ` ${formatDay(at)}`;
}
