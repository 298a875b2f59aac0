import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { readConfig } from "../server/config.ts";
import { start } from "../server/main.ts";
import { freshDatabase } from "../server/testing/database.ts";
import { roomyFolder } from "../server/testing/server.ts";
import { openBrowser } from "./browser.ts";
import { openLetterBox } from "./letters.ts";
import type { Letters } from "./letters.ts";

export const ada = { name: "Ada Okafor", email: "ada@glaze.example", password: "a long enough password" };
export const ours = "hello@glaze.example";

/** The whole product, running, with a browser before it and customers around it. */
export interface House {
  url: string;
  browser: Browser;
  letters: Letters;
  /** A page where Ada is signed in. */
  openPage: (options?: BrowserContextOptions) => Promise<Page>;
  /** Asks the API with the administrator's key. */
  api: (method: string, path: string, body?: object) => Promise<unknown>;
  /** A customer writes to us over SMTP. */
  write: (mail: { from: string; subject: string; text: string; html?: string; inReplyTo?: string; to?: string }) => Promise<void>;
  close: () => Promise<void>;
}

const adminKey = "a-key-that-only-the-browser-tests-know-0001";

/** Starts everything on free ports with a database of its own. Ada is its owner, unless nobody is yet. */
export async function openHouse({ owner = true } = {}): Promise<House> {
  const [port, smtpPort, letters, database, folder] = await Promise.all([
    freePort(),
    freePort(),
    openLetterBox(),
    freshDatabase(),
    mkdtemp(join(roomyFolder(), "throughline-e2e-")),
  ]);
  const running = await start(
    readConfig({
      PORT: String(port),
      THROUGHLINE_SMTP_PORT: String(smtpPort),
      THROUGHLINE_SMTP_URL: letters.url,
      THROUGHLINE_DATA: folder,
      THROUGHLINE_SAMPLE: "off",
      THROUGHLINE_ADMIN_KEY: adminKey,
      DATABASE_URL: database.connectionString,
    }),
  );
  const browser = await openBrowser();
  const { url } = running;
  const api = (method: string, path: string, body?: object): Promise<unknown> => ask(url, method, path, body);
  const transport = createTransport({ host: "127.0.0.1", port: smtpPort, secure: false, tls: { rejectUnauthorized: false } });
  if (owner) await api("POST", "/setup", { name: ada.name, email: ada.email, password: ada.password, workspaceName: "Glaze & Co." });
  const openPage = owner ? await signedInPages(browser, url) : pages(browser);
  await api("POST", "/mail/addresses", { address: ours });

  return {
    url,
    browser,
    letters,
    openPage,
    api,
    write: async (mail) => void (await transport.sendMail({ to: ours, ...mail })),
    close: async () => {
      await browser.close();
      transport.close();
      await running.stop();
      await letters.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Signs Ada in once; every page then has her cookie. */
async function signedInPages(browser: Browser, url: string): Promise<House["openPage"]> {
  const first = await browser.newContext();
  const page = await first.newPage();
  await page.goto(url);
  await page.getByLabel("Email").fill(ada.email);
  await page.getByLabel("Password").fill(ada.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation", { name: "Main" }).first().waitFor();
  const storageState = await first.storageState();
  await first.close();
  return pages(browser, storageState);
}

function pages(browser: Browser, storageState?: BrowserContextOptions["storageState"]): House["openPage"] {
  return async (options) => {
    const context: BrowserContext = await browser.newContext({ viewport: { width: 1440, height: 900 }, storageState, ...options });
    context.setDefaultTimeout(15_000);
    return context.newPage();
  };
}

async function ask(url: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${adminKey}`, ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 400)}`);
  return text === "" ? null : JSON.parse(text);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
