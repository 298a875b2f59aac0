import { totalmem } from "node:os";
import { constrainedMemory } from "node:process";

const megabyte = 1024 * 1024;

/** What the embedded Postgres is told at its start; `extra` wins. All times in UTC. */
export function settings(extra: Record<string, string>): Record<string, string> {
  return {
    shared_buffers: `${sharedBuffers(memory())}MB`,
    effective_cache_size: `${Math.floor(memory() / 2 / megabyte)}MB`,
    maintenance_work_mem: "128MB",
    max_connections: "120",
    max_wal_size: "4GB",
    checkpoint_timeout: "15min",
    // Plans that were made while a table was small are made anew soon after it has grown.
    autovacuum_naptime: "15s",
    random_page_cost: "1.1",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    lc_messages: "C",
    log_min_duration_statement: "2s",
    ...extra,
  };
}

/** A quarter of the memory, 4 GB at most, 128 MB at least. It is taken as the data grow. */
export function sharedBuffers(memoryBytes: number): number {
  return Math.max(128, Math.min(4096, Math.floor(memoryBytes / 4 / megabyte)));
}

function memory(): number {
  const limit = constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}
