/** Why a value names nobody: programs send it for nothing, it means nobody, it is a trial, nobody reads it, or many do. */
const BLOCKED_BECAUSE = ["empty", "nobody", "trial", "unread", "shared"] as const;
type BlockedBecause = (typeof BLOCKED_BECAUSE)[number];

export interface BlockedValue {
  /** Lower case. A `*` at the end stands for any rest. */
  value: string;
  why: BlockedBecause;
}

const WORDS: Record<BlockedBecause, readonly string[]> = {
  empty: [
    "null",
    "undefined",
    "none",
    "nil",
    "nan",
    "n/a",
    "na",
    "true",
    "false",
    "0",
    "-1",
    "-",
    "[object object]",
    "{}",
    "[]",
    "00000000-0000-0000-0000-000000000000",
  ],
  nobody: ["unknown", "anonymous", "guest", "id", "user", "userid", "user_id", "email", "admin"],
  trial: ["test", "test@*"],
  unread: ["noreply@*", "no-reply@*", "donotreply@*", "mailer-daemon@*"],
  shared: [
    "info@*",
    "office@*",
    "sales@*",
    "support@*",
    "hello@*",
    "contact@*",
    "orders@*",
    "billing@*",
    "accounts@*",
    "postmaster@*",
    "webmaster@*",
  ],
};

/** What names nobody unless a workspace allows it again. */
export const BLOCKED_VALUES: readonly BlockedValue[] = BLOCKED_BECAUSE.flatMap((why) => WORDS[why].map((value) => ({ value, why })));
