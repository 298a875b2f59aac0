import { resolve } from "node:path";

/** All that an operator can set. This file is the only one that reads the environment; docs/operating.md explains it. */
export interface Config {
  /** Where the web interface and the API listen. */
  port: number;
  /** How members and customers reach it from outside, without a slash at the end. */
  publicUrl: string;
  /** Where to listen: on this machine only, until PUBLIC_URL says that others come as well. */
  host: "localhost" | "::";
  database: { kind: "embedded" } | { kind: "external"; url: string };
  /** Where the embedded Postgres, files and raw mail are kept: an absolute path. */
  dataFolder: string;
  /** Where mail is received; 0 when it is not. */
  smtpPort: number;
  /** The server that outgoing mail is handed to; null while mail is only kept. */
  smtpUrl: string | null;
  /** A key for automation with all permissions; null when there is none. */
  adminKey: string | null;
  /** Whether a first start makes the sample company. */
  sample: boolean;
  roles: ReadonlySet<Role>;
}

export const roles = ["web", "worker", "mail"] as const;
export type Role = (typeof roles)[number];

export type Environment = Readonly<Record<string, string | undefined>>;

/** Carries a sentence for each mistake, all of them at once. */
export class ConfigError extends Error {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join("\n"));
    this.name = "ConfigError";
    this.mistakes = mistakes;
  }
}

export const shortestAdminKey = 32;

/** Reads the configuration. A variable that is empty counts as not set. @throws ConfigError */
export function readConfig(env: Environment = process.env): Config {
  const mistakes: string[] = [];
  const from = (name: string): string | undefined => env[name]?.trim() || undefined;
  const wrong = <T>(fallback: T, sentence: string): T => {
    mistakes.push(sentence);
    return fallback;
  };

  const port = readPort("PORT", from("PORT"), 3000, 1, wrong);
  const database = readDatabase(from("DATABASE_URL"), wrong);
  const publicUrl = readPublicUrl(from("PUBLIC_URL"), port, wrong);
  const config: Config = {
    port,
    publicUrl,
    host: isThisMachine(publicUrl) ? "localhost" : "::",
    database,
    dataFolder: resolve(from("THROUGHLINE_DATA") ?? "data"),
    smtpPort: readPort("THROUGHLINE_SMTP_PORT", from("THROUGHLINE_SMTP_PORT"), 2525, 0, wrong),
    smtpUrl: readSmtpUrl(from("THROUGHLINE_SMTP_URL"), wrong),
    adminKey: readAdminKey(from("THROUGHLINE_ADMIN_KEY"), wrong),
    sample: readSwitch("THROUGHLINE_SAMPLE", from("THROUGHLINE_SAMPLE"), database.kind === "embedded", wrong),
    roles: readRoles(from("THROUGHLINE_ROLES"), wrong),
  };
  if (config.port === config.smtpPort) mistakes.push(`PORT and THROUGHLINE_SMTP_PORT are both ${port}. Give each a port of its own.`);
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return config;
}

type Wrong = <T>(fallback: T, sentence: string) => T;

function readPort(name: string, text: string | undefined, fallback: number, least: number, wrong: Wrong): number {
  if (text === undefined) return fallback;
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port >= least && port <= 65_535) return port;
  const off = least === 0 ? ", or 0 to switch it off" : "";
  return wrong(fallback, `${name} is "${text}"; it must be a number between 1 and 65535${off}.`);
}

function readDatabase(text: string | undefined, wrong: Wrong): Config["database"] {
  if (text === undefined) return { kind: "embedded" };
  if (/^postgres(ql)?:\/\/./.test(text)) return { kind: "external", url: text };
  return wrong(
    { kind: "embedded" },
    "DATABASE_URL must look like postgres://user:password@host:5432/database. Leave it out to use the embedded database.",
  );
}

function readPublicUrl(text: string | undefined, port: number, wrong: Wrong): string {
  const local = `http://localhost:${port}`;
  if (text === undefined) return local;
  const url = URL.parse(text);
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    return wrong(local, `PUBLIC_URL is "${text}"; it must be an address such as https://care.example.com.`);
  }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "") {
    return wrong(local, `PUBLIC_URL is "${text}"; leave out everything after the host name, as in ${url.origin}.`);
  }
  return url.origin;
}

function isThisMachine(publicUrl: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(publicUrl).hostname);
}

function readSmtpUrl(text: string | undefined, wrong: Wrong): string | null {
  if (text === undefined) return null;
  const url = URL.parse(text);
  if (url && ["smtp:", "smtps:"].includes(url.protocol) && url.hostname !== "") return text;
  return wrong(null, "THROUGHLINE_SMTP_URL must look like smtps://user:password@mail.example.com:465, or smtp:// with port 587.");
}

function readAdminKey(text: string | undefined, wrong: Wrong): string | null {
  if (text === undefined) return null;
  if (text.length >= shortestAdminKey) return text;
  return wrong(
    null,
    `THROUGHLINE_ADMIN_KEY has ${text.length} characters; it needs at least ${shortestAdminKey}. One way to make it: openssl rand -hex 32`,
  );
}

function readSwitch(name: string, text: string | undefined, fallback: boolean, wrong: Wrong): boolean {
  if (text === undefined) return fallback;
  if (text === "on" || text === "off") return text === "on";
  return wrong(fallback, `${name} is "${text}"; it must be "on" or "off".`);
}

function readRoles(text: string | undefined, wrong: Wrong): ReadonlySet<Role> {
  if (text === undefined) return new Set(roles);
  const words = text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  const unknown = words.filter((word) => !isRole(word));
  if (unknown.length > 0 || words.length === 0) {
    return wrong(new Set(roles), `THROUGHLINE_ROLES is "${text}"; it must name some of ${roles.join(", ")}, with commas between.`);
  }
  return new Set(words.filter(isRole));
}

function isRole(word: string): word is Role {
  return roles.some((role) => role === word);
}
