import assert from "node:assert/strict";
import { test } from "node:test";
import { stopParts } from "./stop-parts.ts";

test("parts stop last first; one that hangs and one that fails are left behind, and each is stopped once", async () => {
  const stopped: string[] = [];
  const part = (name: string, stop: () => Promise<void> = async () => undefined) => ({
    name,
    stop: () => (stopped.push(name), stop()),
  });
  const parts = [
    part("the database"),
    part("the readers", () => new Promise(() => undefined)),
    part("the mail", async () => {
      throw new Error("the line is broken");
    }),
    part("the doors"),
  ];
  await stopParts(parts, 20);
  await stopParts(parts, 20);
  assert.deepEqual(stopped, ["the doors", "the mail", "the readers", "the database"]);
});
