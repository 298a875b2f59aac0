import { mkdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import type { Browser } from "playwright-core";

const lock = join(tmpdir(), "throughline-browser.lock");
const stale = 60_000;

/** Starts the browser that `CHROMIUM` names, else the Chromium that comes as a package (Linux), else the machine's Chrome. */
export async function openBrowser(): Promise<Browser> {
  const named = process.env.CHROMIUM;
  if (!named && process.platform !== "linux") return playwright.launch({ channel: "chrome" });
  const executablePath = named ?? (await unpack());
  return playwright.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"] });
}

/** The package unpacks itself once into the temporary folder; test files that run at the same time take turns. */
async function unpack(): Promise<string> {
  await takeTurn();
  try {
    return await chromium.executablePath();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function takeTurn(): Promise<void> {
  for (;;) {
    const mine = await mkdir(lock).then(
      () => true,
      () => false,
    );
    if (mine) return;
    const held = await stat(lock).catch(() => null);
    if (held && Date.now() - held.mtimeMs > stale) await rm(lock, { recursive: true, force: true });
    await sleep(100);
  }
}
