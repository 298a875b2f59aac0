import { join } from "node:path";
import { createApp } from "./app/http.ts";
import { buildWeb } from "./app/build-web.ts";
import { makeFirstWorkspace, type FirstStart } from "./app/first-start.ts";
import { plugRooms } from "./app/plugs.ts";
import { assembleRooms } from "./app/rooms.ts";
import type { Config } from "./config.ts";
import { createSignIn } from "./features/access/index.ts";
import { followAccounts, startSmtp, useOutgoing } from "./features/channels/email/index.ts";
import { LiveFeed, startReading } from "./features/interactions/index.ts";
import { eraseRestored } from "./features/privacy/index.ts";
import { startClock } from "./features/segments/index.ts";
import { openDatabase } from "./open-database.ts";
import { connect, disconnect, migrate, pool } from "./platform/db/index.ts";
import { useFiles } from "./platform/files/index.ts";
import { startJobs } from "./platform/jobs/index.ts";
import { keyFor, useSecret } from "./platform/secret.ts";
import { type Part, stopParts } from "./stop-parts.ts";

export interface Running {
  url: string;
  first: FirstStart;
  /** Ends what was started, last things first; acknowledged work is kept. */
  stop(): Promise<void>;
}

const JOBS_AT_ONCE = 8;

/** Starts the roles that the configuration asks for. Everything that was started is stopped again when a part fails. */
export async function start(config: Config): Promise<Running> {
  const started: Part[] = [];
  const stop = (): Promise<void> => stopParts(started);
  try {
    const first = await startRoles(config, started);
    return { url: config.publicUrl, first, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startRoles(config: Config, started: Part[]): Promise<FirstStart> {
  useFiles(join(config.dataFolder, "files"));
  useSecret(config.dataFolder);
  const webFolder = config.roles.has("web") ? buildWeb() : Promise.resolve(null);
  await startDatabase(config, started);
  const signIn = createSignIn({ pool: pool(), publicUrl: config.publicUrl, secret: keyFor("sign-in").toString("hex"), rateLimited: true });
  plugRooms(config);
  assembleRooms({ publicUrl: config.publicUrl });
  await eraseRestored();
  const first = await makeFirstWorkspace(config, signIn);

  // Connections to the mail server are taken leave of, once nobody sends any more.
  started.push({ name: "outgoing mail", stop: async () => useOutgoing(null) });
  if (config.roles.has("worker")) {
    const reading = await startReading();
    started.push({ name: "the readers of the log", stop: () => reading.stop() });
    const clock = await startClock();
    started.push({ name: "the clock of the segments", stop: () => clock.stop() });
    const jobs = await startJobs(JOBS_AT_ONCE);
    started.push({ name: "jobs", stop: () => jobs.stop() });
  }
  if (config.roles.has("mail")) {
    const following = followAccounts();
    started.push({ name: "mailboxes", stop: () => following.stop() });
  }
  if (config.roles.has("mail") && config.smtpPort !== 0) {
    const smtp = await startSmtp({
      port: config.smtpPort,
      host: config.host === "localhost" ? "127.0.0.1" : config.host,
      name: new URL(config.publicUrl).hostname,
    });
    started.push({ name: "SMTP", stop: () => smtp.stop() });
  }
  if (config.roles.has("web")) {
    const feed = new LiveFeed();
    await feed.start();
    started.push({ name: "the live feed", stop: () => feed.stop() });
    const app = await createApp({
      trustProxy: "loopback",
      publicUrl: config.publicUrl,
      adminKey: config.adminKey,
      signIn,
      feed,
      webFolder: await webFolder,
    });
    started.push({ name: "HTTP", stop: () => app.close() });
    await app.listen({ port: config.port, host: config.host });
  }
  return first;
}

async function startDatabase(config: Config, started: Part[]): Promise<void> {
  const database = await openDatabase(config);
  started.push({ name: "Postgres", stop: () => database.close() });
  await migrate(database.connectionString);
  connect(database.connectionString);
  started.push({ name: "connections to the database", stop: disconnect });
}
