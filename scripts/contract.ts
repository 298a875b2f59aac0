import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contractText } from "./contract-text.ts";

/** Writes the contract from the routes' schemas, and the client's types from the contract. */
const home = join(import.meta.dirname, "..");
mkdirSync(join(home, "contract"), { recursive: true });
writeFileSync(join(home, "contract/openapi.json"), await contractText());
execFileSync(
  process.execPath,
  [join(home, "node_modules/openapi-typescript/bin/cli.js"), "contract/openapi.json", "-o", "sdk/contract.gen.ts"],
  { cwd: home, stdio: "ignore" },
);
console.log("wrote contract/openapi.json and sdk/contract.gen.ts");
