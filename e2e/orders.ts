import type { House } from "./house.ts";

const hour = 3_600_000;

/** Maria has had three boxes on time and one that came late. */
export async function ordersOfMaria(house: House, email = "maria@fjord.example"): Promise<void> {
  for (const [index, lateHours] of [-0.5, -0.5, -0.5, 2.2].entries()) {
    const promised = Date.now() - (28 - index * 8) * 24 * hour;
    await house.api("POST", "/orders", {
      externalId: `maria-${index}`,
      number: `10${40 + index}`,
      customer: { email, name: "Maria Lindqvist" },
      items: [{ name: "Box of 24", quantity: 1, price: 46 }],
      total: 46,
      currency: "GBP",
      placedAt: new Date(promised - 24 * hour).toISOString(),
      promisedAt: new Date(promised).toISOString(),
      deliveredAt: new Date(promised + lateHours * hour).toISOString(),
    });
  }
}
