import createFetchClient from "openapi-fetch";
import type { Client } from "openapi-fetch";
import type { paths } from "./contract.gen.ts";

export type * from "./entities.ts";

/** A refusal of the API (RFC 9457): what happened, in a sentence. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.name = "Refusal";
    this.status = status;
    this.code = code;
  }
}

export interface ClientOptions {
  /** Where the API is, without `/api/v1`. Empty for the same origin. */
  baseUrl?: string;
  /** An API key. Members' screens use their cookie and leave it out. */
  key?: string;
  fetch?: (request: Request) => Promise<Response>;
}

export type ThroughlineClient = Client<paths, "application/json">;

/** A typed client of the API. Every path, body and answer is checked against the contract. */
export function createClient({ baseUrl = "", key, fetch }: ClientOptions = {}): ThroughlineClient {
  return createFetchClient<paths, "application/json">({
    baseUrl,
    ...(key ? { headers: { authorization: `Bearer ${key}` } } : {}),
    ...(fetch ? { fetch } : {}),
  });
}

/** The answer of a call, or a `Refusal` that says why there is none. Status 0 means that nothing answered. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call.catch(() => {
    throw new Refusal(0, "unreachable", "The server did not answer.");
  });
  if (response.ok) return data as T;
  throw refusalOf(response.status, error);
}

/** Reads an RFC 9457 body, whatever came. */
export function refusalOf(status: number, body: unknown): Refusal {
  const fields = typeof body === "object" && body !== null ? new Map(Object.entries(body)) : new Map<string, unknown>();
  const text = [fields.get("detail"), fields.get("message"), fields.get("title")].find((value) => typeof value === "string");
  const code = fields.get("code");
  return new Refusal(status, typeof code === "string" ? code : String(status), text ?? `The server answered ${status}.`);
}
