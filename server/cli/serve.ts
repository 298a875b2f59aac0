import { readConfig, type Config } from "../config.ts";
import { start, type Running } from "../main.ts";
import { log } from "../platform/log.ts";

/** Runs until SIGINT or SIGTERM asks for an end; a second one does not wait. */
export async function serve(): Promise<number> {
  const config = readConfig();
  const asked = untilAskedToStop();
  const running = await start(config);
  console.log(welcome(config, running));
  log.info(`stopping: ${await asked}`);
  await running.stop();
  // What still waits for a far server when all has been stopped does not keep us.
  setTimeout(() => process.exit(0), 2_000).unref();
  return 0;
}

function untilAskedToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve(signal);
      });
    }
  });
}

function welcome(config: Config, { url, first }: Running): string {
  const lines = [`Throughline runs: ${[...config.roles].join(", ")}.`];
  if (config.roles.has("web")) lines.push(`Open ${url}`);
  if (first.sample) lines.push(`Sign in to the sample company as ${first.sample.email} with the password ${first.sample.password}`);
  if (config.roles.has("mail") && config.smtpPort !== 0) lines.push(`Mail is received on port ${config.smtpPort}.`);
  return lines.join("\n");
}
