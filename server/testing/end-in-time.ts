import { afterEach, beforeEach } from "node:test";
import { isMainThread } from "node:worker_threads";

/**
 * Each test process of `npm test` imports this. A file that leaves something open (a server, a timer, a connection) would
 * keep its process, and with it the whole run, for ever: such a one is ended, fails, and is told what it left open.
 */
const LONGEST_REST_MS = 60_000;

let resting: NodeJS.Timeout | undefined;

if (isMainThread && process.env["NODE_TEST_CONTEXT"] !== undefined) {
  beforeEach(() => clearTimeout(resting));
  afterEach(() => {
    clearTimeout(resting);
    resting = setTimeout(end, LONGEST_REST_MS).unref();
  });
}

function end(): void {
  const open = process.getActiveResourcesInfo().join(", ");
  process.stderr.write(`${process.argv[1]}: nothing happened for a minute after the last test. Still open: ${open}.\n`);
  process.exit(1);
}
