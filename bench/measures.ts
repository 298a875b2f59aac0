import type { Measure } from "./bench.ts";

/** One file per measure, loaded when it is asked for. */
export const measures: ReadonlyMap<string, () => Promise<Measure>> = new Map([
  ["log", async () => (await import("./log.ts")).log],
  ["listeners", async () => (await import("./listeners.ts")).listeners],
  ["collect", async () => (await import("./collect.ts")).collect],
  ["derived", async () => (await import("./collect.ts")).derived],
  ["growth", async () => (await import("./growth.ts")).growth],
  ["segments", async () => (await import("./segments.ts")).segments],
  ["mail", async () => (await import("./mail.ts")).mail],
  ["live", async () => (await import("./live.ts")).live],
  ["inbox", async () => (await import("./inbox.ts")).inbox],
]);
