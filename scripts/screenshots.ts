import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../e2e/browser.ts";
import { startServer, stopEmbedded, temporaryFolder } from "../server/testing/start-server.ts";

/** Takes the README's pictures from the sample company, as it is made today. `npm run screenshots`. */
const images = join(import.meta.dirname, "../docs/images");
const dataFolder = temporaryFolder();
mkdirSync(images, { recursive: true });
const server = await startServer({ database: "embedded", dataFolder, env: { THROUGHLINE_SAMPLE: "on" } });
const browser = await openBrowser();
try {
  await shoot(browser, {
    scheme: "light",
    width: 1440,
    height: 900,
    shots: { inbox: "/inbox/open", customer: await mariasPage(), board: "/board", proposed: "/inbox/proposed" },
  });
  await shoot(browser, { scheme: "dark", width: 1440, height: 900, shots: { inbox: "/inbox/open" } });
  await shoot(browser, { scheme: "light", width: 390, height: 844, shots: { "phone-inbox": "/inbox/mine" } });
} finally {
  await browser.close();
  await server.stop();
  await stopEmbedded(dataFolder);
}

interface Shoot {
  scheme: "light" | "dark";
  width: number;
  height: number;
  shots: Record<string, string>;
}

async function shoot(from: Browser, { scheme, width, height, shots }: Shoot): Promise<void> {
  const page = await from.newPage({ viewport: { width, height }, colorScheme: scheme, hasTouch: width < 500, isMobile: width < 500 });
  await signIn(page);
  for (const [name, path] of Object.entries(shots)) {
    await page.goto(`${server.url}${path}`);
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(1500);
    await page.screenshot({ path: join(images, `${name}-${scheme}.png`) });
    console.log(`docs/images/${name}-${scheme}.png`);
  }
  await page.close();
}

async function signIn(page: Page): Promise<void> {
  await page.goto(server.url);
  await page.getByLabel("Email").fill("ada@glaze.example");
  await page
    .getByLabel("Password")
    .first()
    .fill(readFileSync(join(dataFolder, "sample-password"), "utf8").trim());
  await page.keyboard.press("Enter");
  await page.getByLabel("Password").first().waitFor({ state: "detached" });
}

async function mariasPage(): Promise<string> {
  const { body } = await server.ask("GET", "/api/v1/customers?email=maria@fjord.example");
  const { items } = body as { items: { id: string }[] };
  return `/customers/${items[0]?.id ?? ""}`;
}
