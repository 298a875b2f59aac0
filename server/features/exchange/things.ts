import { customers } from "./customer-lines.ts";
import type { ThingName } from "./fields.ts";
import { interactions } from "./interaction-lines.ts";
import { orders } from "./order-lines.ts";
import type { Thing } from "./thing.ts";

/** What files can hold. */
export const things: Record<ThingName, Thing> = { customers, interactions, orders };
