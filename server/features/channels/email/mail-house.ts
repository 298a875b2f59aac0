import { createWorkspace, systemActor, type Actor } from "../../access/index.ts";
import { reading } from "../../../platform/db/index.ts";
import { startJobs, type Jobs } from "../../../platform/jobs/index.ts";
import { testDatabase } from "../../../testing/database.ts";
import { testDataFolder, until } from "../../../testing/mail.ts";
import { addAddress } from "./add-address.ts";
import { defineJobs } from "./jobs.ts";
import { listEntries, type LedgerEntry } from "./ledger-queries.ts";
import { onDeliveryChange, onInboundEmail, useResolver, type DeliveryChange, type InboundEmail } from "./index.ts";
import { stopReading } from "./read-mail.ts";
import { startSmtp, type SmtpListener } from "./smtp/listener.ts";

/** For tests: Glaze & Co. with its address, a listener, workers, and a room above that takes notes. */
export interface MailHouse {
  ada: Actor;
  smtp: SmtpListener;
  jobs: Jobs;
  /** What the room above was handed, in order. The n-th new one opens conversation 1000 + n. */
  inbound: InboundEmail[];
  changes: DeliveryChange[];
  ledger(): Promise<LedgerEntry[]>;
  /** Waits until nothing is pending; the ledger, the newest first. */
  settled(): Promise<LedgerEntry[]>;
  close(): Promise<void>;
}

export const HELP = "help@glaze.example";

export async function openMailHouse(): Promise<MailHouse> {
  await testDatabase();
  testDataFolder();
  useResolver(null);
  const workspace = await createWorkspace({ name: "Glaze & Co.", sample: false });
  const ada = systemActor(workspace.id);
  await addAddress(ada, { address: HELP });

  const inbound: InboundEmail[] = [];
  const changes: DeliveryChange[] = [];
  onInboundEmail((_tx, email) => {
    inbound.push(email);
    return Promise.resolve({ conversationId: email.conversationId ?? 1000 + inbound.length, messageId: 5000 + inbound.length });
  });
  onDeliveryChange((_tx, change) => {
    changes.push(change);
    return Promise.resolve();
  });
  defineJobs();
  const jobs = await startJobs(2);
  const smtp = await startSmtp({ port: 0, host: "127.0.0.1" });

  const ledger = (): Promise<LedgerEntry[]> => listEntries(reading(ada), { outcome: null, before: null, limit: 200 });
  return {
    ...{ ada, smtp, jobs, inbound, changes, ledger },
    async settled() {
      await until(async () => (await ledger()).every((entry) => entry.outcome !== "pending"), 30_000);
      return ledger();
    },
    async close() {
      await smtp.stop();
      await jobs.stop();
      await stopReading();
    },
  };
}
