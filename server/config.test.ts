import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { ConfigError, readConfig } from "./config.ts";

test("with nothing set, everything has its default", () => {
  assert.deepEqual(readConfig({}), {
    port: 3000,
    host: "localhost",
    publicUrl: "http://localhost:3000",
    database: { kind: "embedded" },
    dataFolder: resolve("data"),
    smtpPort: 2525,
    smtpUrl: null,
    adminKey: null,
    sample: true,
    roles: new Set(["web", "worker", "mail"]),
  });
});

test("an empty variable counts as not set", () => {
  assert.deepEqual(readConfig({ PORT: "", DATABASE_URL: " ", THROUGHLINE_ROLES: "" }), readConfig({}));
});

test("everything can be set", () => {
  const config = readConfig({
    PORT: "8080",
    PUBLIC_URL: "https://care.glaze.example/",
    DATABASE_URL: "postgres://ada:secret@db.glaze.example/throughline",
    THROUGHLINE_DATA: "/srv/throughline",
    THROUGHLINE_SMTP_PORT: "0",
    THROUGHLINE_SMTP_URL: "smtps://ada:secret@mail.glaze.example",
    THROUGHLINE_ADMIN_KEY: "k".repeat(32),
    THROUGHLINE_ROLES: "web, worker",
  });
  assert.deepEqual(config, {
    port: 8080,
    host: "::",
    publicUrl: "https://care.glaze.example",
    database: { kind: "external", url: "postgres://ada:secret@db.glaze.example/throughline" },
    dataFolder: "/srv/throughline",
    smtpPort: 0,
    smtpUrl: "smtps://ada:secret@mail.glaze.example",
    adminKey: "k".repeat(32),
    sample: false,
    roles: new Set(["web", "worker"]),
  });
});

test("the public address follows the port", () => {
  assert.equal(readConfig({ PORT: "4000" }).publicUrl, "http://localhost:4000");
});

test("others can reach it once it is told its public address", () => {
  assert.equal(readConfig({ PUBLIC_URL: "http://care.glaze.example" }).host, "::");
  assert.equal(readConfig({ PUBLIC_URL: "http://127.0.0.1:8080" }).host, "localhost");
});

test("the sample company can be switched on beside a database of one's own", () => {
  assert.equal(readConfig({ DATABASE_URL: "postgresql://db/x", THROUGHLINE_SAMPLE: "on" }).sample, true);
});

test("each mistake has its sentence, and all are told at once", () => {
  const mistakes = mistakesIn({
    PORT: "eighty",
    PUBLIC_URL: "https://care.glaze.example/app",
    DATABASE_URL: "mysql://db",
    THROUGHLINE_SMTP_PORT: "70000",
    THROUGHLINE_SMTP_URL: "https://mail.glaze.example",
    THROUGHLINE_ADMIN_KEY: "too short",
    THROUGHLINE_SAMPLE: "yes",
    THROUGHLINE_ROLES: "web,cook",
  });
  assert.equal(mistakes.length, 8);
  assert.match(mistakes.join("\n"), /PORT is "eighty"; it must be a number between 1 and 65535\./);
  assert.match(mistakes.join("\n"), /as in https:\/\/care\.glaze\.example\./);
  assert.match(mistakes.join("\n"), /between 1 and 65535, or 0 to switch it off/);
  assert.match(mistakes.join("\n"), /has 9 characters; it needs at least 32/);
});

test("no sentence repeats a secret", () => {
  const mistakes = mistakesIn({
    DATABASE_URL: "mysql://ada:hunter2@db",
    THROUGHLINE_SMTP_URL: "http://ada:hunter2@mail",
    THROUGHLINE_ADMIN_KEY: "hunter2",
  });
  assert.doesNotMatch(mistakes.join("\n"), /hunter2/);
});

test("two listeners cannot share a port", () => {
  assert.match(mistakesIn({ PORT: "2525" })[0] ?? "", /are both 2525/);
});

function mistakesIn(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
  }
  return assert.fail("It was taken.");
}
