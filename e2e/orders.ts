import type { House } from "./house.ts";

const hour = 3_600_000;

/** Maria's boxes, by how many hours late each came: three on time and one late, unless told otherwise. */
export async function ordersOfMaria(house: House, lateBy: readonly number[] = [-0.5, -0.5, -0.5, 2.2]): Promise<void> {
  for (const [index, lateHours] of lateBy.entries()) {
    const promised = Date.now() - (28 - index * 8) * 24 * hour;
    await house.api("POST", "/orders", {
      externalId: `maria-${index}`,
      number: `10${40 + index}`,
      customer: { email: "maria@fjord.example", name: "Maria Lindqvist" },
      items: [{ name: "Box of 24", quantity: 1, price: 46 }],
      total: 46,
      currency: "GBP",
      placedAt: new Date(promised - 24 * hour).toISOString(),
      promisedAt: new Date(promised).toISOString(),
      deliveredAt: new Date(promised + lateHours * hour).toISOString(),
    });
  }
}

/** Maria's box that was promised two hours ago and has not come. */
export async function lateOrderOfMaria(house: House): Promise<void> {
  await house.api("POST", "/orders", {
    externalId: "maria-late",
    number: "1090",
    customer: { email: "maria@fjord.example", name: "Maria Lindqvist" },
    items: [{ name: "Box of 24", quantity: 1, price: 46 }],
    total: 46,
    currency: "GBP",
    placedAt: new Date(Date.now() - 26 * hour).toISOString(),
    promisedAt: new Date(Date.now() - 2 * hour).toISOString(),
  });
}
