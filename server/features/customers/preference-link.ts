import { createHmac, timingSafeEqual } from "node:crypto";
import { signingKeyOf } from "../access/index.ts";
import { anywhere, type Scope } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";

const BYTES = 18;

/** A link to one customer's preferences that nobody can guess, and that needs no row: workspace, customer, signature. */
export async function preferenceToken(scope: Scope, customerId: number): Promise<string> {
  const about = `${scope.workspaceId.toString(36)}.${customerId.toString(36)}`;
  return `${about}.${sign(await signingKeyOf(scope), about)}`;
}

/** Whose preferences a link shows. @throws Problem 404 when it is not one of ours */
export async function readPreferenceToken(token: string): Promise<{ workspaceId: number; customerId: number }> {
  const match = /^([0-9a-z]{1,11})\.([0-9a-z]{1,11})\.([A-Za-z0-9_-]{24})$/.exec(token);
  if (!match) throw notFound("page");
  const [, workspace = "", customer = "", signature = ""] = match;
  const [workspaceId, customerId] = [Number.parseInt(workspace, 36), Number.parseInt(customer, 36)];
  const key = await signingKeyOf({ ...anywhere(), workspaceId }).catch(() => null);
  if (key === null || !isSame(signature, sign(key, `${workspace}.${customer}`))) throw notFound("page");
  return { workspaceId, customerId };
}

function sign(key: Buffer, about: string): string {
  return createHmac("sha256", key).update(`preferences\n${about}`).digest().subarray(0, BYTES).toString("base64url");
}

function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
