/** What customers ordered, what was promised, and what really happened. */
export { findOrder, findOrders, ordersOf, type Order } from "./queries.ts";
export { importOrders, type PastOrder } from "./import-orders.ts";
export { tellOrder, tellOrders, weighOrders, type Told } from "./tell-order.ts";
export { pageOfOrders } from "./queries.ts";
export { holdOrders } from "./telling-queries.ts";
export { readOrderWords, type GivenWords } from "./read-words.ts";
export { MOST_ITEMS } from "./words.ts";
export { placeOrder, type PlaceOrder } from "./place-order.ts";
export { defineJobs, sweep } from "./jobs.ts";
export { orderView, OrderView } from "./schemas.ts";
export { personalData } from "./personal-data.ts";
export { routes } from "./routes.ts";
export { hooks } from "./hooks.ts";
