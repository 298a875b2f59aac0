import { ImapFlow } from "imapflow";
import { now } from "../../../../platform/clock.ts";
import { reading } from "../../../../platform/db/index.ts";
import { unseal } from "../../../../platform/secret.ts";
import { ACCOUNT_SECRET } from "../accounts.ts";
import { noteAccountState, type MailAccount } from "../queries.ts";
import { openMailbox, type OpenMailbox } from "./read-new.ts";

export interface Following {
  stop(): Promise<void>;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** Servers may end an IDLE after 29 minutes (RFC 2177), routers sooner; each renewal also looks for what was missed. */
const RENEW_IDLE_MS = 4 * 60_000;

/** Reads a mailbox and stays on the line for what comes next; after a failure it tries again, ever more slowly. */
export function followAccount(account: MailAccount): Following {
  let stopped = false;
  let wake = (): void => undefined;
  let client: ImapFlow | null = null;

  async function run(): Promise<void> {
    let wait = FIRST_WAIT_MS;
    while (!stopped) {
      try {
        await stayConnected(() => (wait = FIRST_WAIT_MS));
      } catch (error) {
        await note("failed", messageOf(error));
      }
      client?.close();
      if (stopped) return;
      await pause(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }

  async function stayConnected(connected: () => void): Promise<void> {
    const line = connectionFor(account);
    client = line;
    const broken = Promise.withResolvers<never>();
    broken.promise.catch(() => undefined);
    line.on("error", (error: Error) => broken.reject(error));
    line.on("close", () => broken.reject(new Error("The mail server closed the line.")));
    line.on("exists", () => wake());
    await Promise.race([line.connect(), broken.promise]);
    const mailbox = await Promise.race([openMailbox(line, account), broken.promise]);
    connected();
    await note("connected", null);
    while (!stopped) await Promise.race([readAndWait(line, mailbox), broken.promise]);
  }

  /** What arrives while we read makes `arrived` resolve at once, so it is not left waiting. */
  async function readAndWait(line: ImapFlow, mailbox: OpenMailbox): Promise<void> {
    const arrived = pause(RENEW_IDLE_MS);
    await mailbox.readNew();
    if (stopped) return;
    line.idle().catch(() => undefined);
    await arrived;
  }

  function pause(milliseconds: number): Promise<void> {
    wake();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function note(state: MailAccount["state"], error: string | null): Promise<void> {
    return noteAccountState(reading(account), account.id, state, error, now()).catch(() => undefined);
  }

  const running = run();
  return {
    async stop() {
      stopped = true;
      wake();
      client?.close();
      await running;
    },
  };
}

function connectionFor(account: MailAccount): ImapFlow {
  const secret = unseal(account.secretSealed, ACCOUNT_SECRET);
  return new ImapFlow({
    host: account.host,
    port: account.port,
    secure: account.security === "tls",
    ...(account.security === "tls" ? {} : { doSTARTTLS: account.security === "starttls" }),
    auth: account.authKind === "token" ? { user: account.username, accessToken: secret } : { user: account.username, pass: secret },
    logger: false,
    maxIdleTime: RENEW_IDLE_MS,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
  });
}

/** Mail servers say why in `responseText`; without it there is only "Command failed". */
function messageOf(error: unknown): string {
  const told: unknown = error instanceof Error ? Reflect.get(error, "responseText") : undefined;
  const message = typeof told === "string" && told !== "" ? told : error instanceof Error ? error.message : String(error);
  return message.toWellFormed().replaceAll("\0", "").slice(0, 500);
}
