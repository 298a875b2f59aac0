import assert from "node:assert/strict";

/** Sends events as a server of the company's does. */
export async function sendEvents(url: string, writeKey: string, batch: readonly unknown[]): Promise<void> {
  const response = await fetch(`${url}/v1/batch`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`, "content-type": "application/json" },
    body: JSON.stringify({ batch, sentAt: new Date().toISOString() }),
  });
  assert.equal(response.status, 200, await response.text());
}

/** Asks again and again until there is an answer, 15 s at most. */
export async function until<T>(ask: () => Promise<T | null | undefined>): Promise<T> {
  for (const end = Date.now() + 15_000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const found = await ask();
    if (found !== null && found !== undefined) return found;
    assert.ok(Date.now() < end, "it did not come");
  }
}
