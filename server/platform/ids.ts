import { notFound } from "./errors.ts";

/** What each public id stands for. Rows have whole numbers; outside, an id is `cus_3f`: prefix and base 36. */
const PREFIXES = {
  wsp: "workspace",
  mem: "member",
  inv: "invitation",
  key: "key",
  aud: "audit entry",
  cus: "customer",
  mrg: "merge",
  sug: "suggestion",
  imp: "import",
  int: "interaction",
  tpt: "touchpoint",
  con: "conversation",
  msg: "message",
  att: "attachment",
  ord: "order",
  seg: "segment",
  src: "source",
  hok: "hook",
  hbd: "body",
  rfs: "refusal",
  prp: "proposal",
  mad: "mail address",
  mac: "mail account",
  mal: "ledger entry",
  dlv: "delivery",
  srv: "survey",
  rsp: "response",
} as const;

export type Prefix = keyof typeof PREFIXES;

export function publicId(prefix: Prefix, id: number): string {
  return `${prefix}_${id.toString(36)}`;
}

export function publicIdOrNull(prefix: Prefix, id: number | null): string | null {
  return id === null ? null : publicId(prefix, id);
}

/** The row's number. A malformed id, or one in another spelling, is answered like one that does not exist: 404. */
export function parseId(prefix: Prefix, text: string): number {
  const match = /^([a-z]{3})_([0-9a-z]{1,11})$/.exec(text);
  const id = match?.[1] === prefix ? Number.parseInt(match[2] ?? "", 36) : Number.NaN;
  if (!Number.isSafeInteger(id) || publicId(prefix, id) !== text) throw notFound(PREFIXES[prefix]);
  return id;
}
