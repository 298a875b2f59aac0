import { adminKey } from "./admin-key.ts";
import type { Check } from "./check.ts";
import { dataFolder } from "./data-folder.ts";
import { databaseAnswers } from "./database-answers.ts";
import { freeDisk } from "./free-disk.ts";
import { jobQueue } from "./job-queue.ts";
import { listenersKeepUp } from "./listeners-keep-up.ts";
import { logHorizon } from "./log-horizon.ts";
import { logSequence } from "./log-sequence.ts";
import { mailPort } from "./mail-port.ts";
import { migrations } from "./migrations.ts";
import { nodeVersion } from "./node-version.ts";
import { outgoingMail } from "./outgoing-mail.ts";
import { preparedTransactions } from "./prepared-transactions.ts";
import { publicUrl } from "./public-url.ts";
import { replica } from "./replica.ts";
import { reserve } from "./reserve.ts";
import { setAside } from "./set-aside.ts";

/** In the order in which an operator would look. */
export const checks: readonly Check[] = [
  nodeVersion,
  dataFolder,
  freeDisk,
  reserve,
  databaseAnswers,
  replica,
  migrations,
  preparedTransactions,
  logSequence,
  logHorizon,
  listenersKeepUp,
  setAside,
  jobQueue,
  mailPort,
  outgoingMail,
  publicUrl,
  adminKey,
];
