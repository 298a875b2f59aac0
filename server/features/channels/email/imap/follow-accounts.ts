import { anywhere } from "../../../../platform/db/index.ts";
import { log } from "../../../../platform/log.ts";
import { everyAccount, type MailAccount } from "../queries.ts";
import { followAccount, type Following } from "./follow-account.ts";

export type { Following };

const LOOK_EVERY_MS = 5_000;

/** Follows the mailboxes of all workspaces; those that are added or removed later are noticed within seconds. */
export function followAccounts(options: { lookEveryMs?: number } = {}): Following {
  const followed = new Map<number, Following>();
  let stopped = false;
  let looking: Promise<void> = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, options.lookEveryMs ?? LOOK_EVERY_MS);

  async function look(): Promise<void> {
    if (stopped) return;
    try {
      const accounts = new Map((await everyAccount(anywhere())).map((each) => [each.id, each]));
      await Promise.all([...followed.keys()].filter((id) => !accounts.has(id)).map(drop));
      for (const account of accounts.values()) start(account);
    } catch (error) {
      log.info("The mail accounts could not be listed.", { error: error instanceof Error ? error.message : String(error) });
    }
  }

  function start(account: MailAccount): void {
    if (!followed.has(account.id) && !stopped) followed.set(account.id, followAccount(account));
  }

  async function drop(id: number): Promise<void> {
    const following = followed.get(id);
    followed.delete(id);
    await following?.stop();
  }

  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await looking;
      await Promise.all([...followed.keys()].map(drop));
    },
  };
}
