import { answer, createClient, refusalOf } from "../../../sdk/index.ts";

/** The one client of the API. The browser's cookie says who asks. */
export const api = createClient();

export { answer };

/** Sends JSON to a sign-in route, which stand beside the API and are no part of its contract. */
export async function postAuth(path: string, body: object = {}): Promise<unknown> {
  const response = await fetch(`/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (!response) throw refusalOf(0, { detail: "The server did not answer." });
  const told: unknown = await response.json().catch(() => null);
  if (!response.ok) throw refusalOf(response.status, told);
  return told;
}
