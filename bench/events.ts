import { gzipSync } from "node:zlib";

/** Events as a shop's pages and servers send them, about 800 bytes each, of 200,000 customers. */
export const customers = 200_000;
const batchSize = 100;
const agent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/** A gzip batch of 100 events, the `number`-th of its run; message ids are of that run alone. */
export function batch(run: string, number: number): Buffer {
  const sentAt = Date.now();
  const events = Array.from({ length: batchSize }, (_, index) => event(run, number * batchSize + index, sentAt - (batchSize - index) * 20));
  return gzipSync(JSON.stringify({ batch: events, sentAt: new Date(sentAt).toISOString() }), { level: 1 });
}

function event(run: string, number: number, at: number): object {
  const random = hash(number);
  const product = random % 4_000;
  const path = `/doughnuts/${product}`;
  const shared = {
    userId: `user-${(random * 7 + number) % customers}`,
    anonymousId: undefined,
    messageId: `${run}-${number}`,
    timestamp: new Date(at).toISOString(),
    context: {
      ip: `10.${random % 250}.${number % 250}.7`,
      userAgent: agent,
      locale: "en-GB",
      timezone: "Europe/London",
      page: {
        path,
        referrer: "https://www.glaze.example/",
        search: "",
        title: `Doughnut ${product}`,
        url: `https://www.glaze.example${path}`,
      },
      library: { name: "@segment/analytics-node", version: "3.1.0" },
    },
    _metadata: { nodeVersion: "26.10.0", jsRuntime: "node" },
  };
  if (random % 10 < 5)
    return { ...shared, type: "page", name: "Product", properties: { path, title: `Doughnut ${product}`, category: "ring" } };
  const name = ["Product Viewed", "Product Added", "Cart Viewed", "Checkout Started", "Order Completed"][random % 5];
  const properties = {
    product_id: `p${product}`,
    sku: `G-${product}`,
    name: `Doughnut ${product}`,
    price: (random % 900) / 100,
    quantity: 1 + (random % 6),
    currency: "GBP",
  };
  return { ...shared, type: "track", event: name, properties };
}

/** A well-mixed number for each number (lowbias32, Chris Wellons, public domain). */
function hash(number: number): number {
  let x = number >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
