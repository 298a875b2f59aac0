/** What of a file's columns can be made something of. */
export interface Field {
  name: string;
  about: string;
  isNeeded?: boolean;
  /** Names that other programs give to it, in small letters and without anything between words. */
  alsoCalled: readonly string[];
}

export type ThingName = "customers" | "interactions" | "orders";
export const THINGS: readonly ThingName[] = ["customers", "interactions", "orders"];

const field = (name: string, about: string, ...alsoCalled: string[]): Field => ({ name, about, alsoCalled });
const needed = (name: string, about: string, ...alsoCalled: string[]): Field => ({ name, about, alsoCalled, isNeeded: true });

/** Whose a line of interactions or orders is. */
const WHOSE: readonly Field[] = [
  field("customer.userId", "The customer's id in your own system", "customeruserid", "userid", "customerid", "accountid", "memberid"),
  field("customer.externalId", "Their number in another system, as system:number", "customerexternalid"),
  field("customer.email", "Their email address", "customeremail", "email", "emailaddress", "mail", "billingemail"),
  field("customer.phone", "Their phone number, with the country: +47 …", "customerphone", "phone", "phonenumber", "mobile", "billingphone"),
  field("customer.social", "A social handle", "customersocial"),
  field("customer.anonymousId", "The id of their device or browser", "customeranonymousid", "anonymousid", "deviceid", "visitorid"),
  field("customer.name", "Their name", "customername", "name", "fullname", "billingname", "buyer"),
];

const ITEM_NAMES = ["itemname", "lineitemname", "product", "productname"];

export const FIELDS: Record<ThingName, readonly Field[]> = {
  customers: [
    field("userId", "Their id in your own system", "userid", "customerid", "accountid", "memberid", "id"),
    field("externalId", "Their number in another system, as system:number", "externalid", "externalids"),
    field("email", "Email address", "email", "emailaddress", "mail", "primaryemail"),
    field("emails", "All email addresses they are known by", "emails"),
    field("phone", "Phone number, with the country: +47 …", "phone", "phonenumber", "mobile", "telephone", "cell"),
    field("phones", "All phone numbers they are known by", "phones"),
    field("social", "Social handles", "social", "socialhandle", "twitter", "instagram"),
    field("anonymousId", "Ids of their devices or browsers", "anonymousid", "anonymousids", "deviceid"),
    field("name", "Name", "name", "fullname", "customername", "displayname"),
    field("firstName", "First name", "firstname", "givenname", "forename"),
    field("lastName", "Last name", "lastname", "familyname", "surname"),
    field("locale", "Language", "locale", "language", "lang"),
    field("timeZone", "Time zone", "timezone", "tz"),
    field("firstSeenAt", "When they were first seen", "firstseenat", "createdat", "created", "signedupat", "signupdate", "customersince"),
    field("lastSeenAt", "When they were last seen", "lastseenat", "updatedat", "lastvisit", "lastlogin"),
    field("fields", "Further fields, as JSON", "fields", "attributes", "traits"),
  ],
  interactions: [
    field("id", "The interaction's id, if it came from here", "id", "interactionid"),
    field("key", "A name of its own, by which it is known again", "key", "eventid", "messageid", "sourcekey"),
    needed("kind", "What happened", "kind", "event", "eventname", "type", "action"),
    needed("occurredAt", "When it happened", "occurredat", "timestamp", "time", "date", "datetime", "createdat", "happenedat"),
    ...WHOSE,
    field("channel", "How it travelled", "channel", "medium"),
    field("touchpoint", "Where it happened: the key of a touchpoint", "touchpoint"),
    field("stage", "Stage", "stage"),
    field("initiative", "Who began it: reactive or proactive", "initiative", "direction"),
    field("source", "Where it comes from", "source"),
    field("properties", "Further properties, as JSON", "properties", "data", "payload", "attributes"),
  ],
  orders: [
    needed("externalId", "The order's id in the shop", "externalid", "orderid", "id", "ordernumber", "order"),
    field("source", "The shop or system it comes from", "source"),
    field("number", "The number that people call it by", "number", "ordername", "reference"),
    ...WHOSE,
    field("items", "Items, as JSON", "items", "lineitems", "products"),
    field("item.name", "An item's name: lines with the same id are one order", ...ITEM_NAMES),
    field("item.quantity", "How many of the item", "itemquantity", "lineitemquantity", "quantity", "qty", "quantityrefund"),
    field("item.price", "What one of the item costs", "itemprice", "lineitemprice", "unitprice", "itemcost"),
    field("item.sku", "The item's number in the shop", "itemsku", "lineitemsku", "sku"),
    field("total", "Total", "total", "totalprice", "amount", "grandtotal", "ordertotal"),
    field("currency", "Currency, as GBP", "currency", "currencycode"),
    needed("placedAt", "When it was placed", "placedat", "createdat", "orderdate", "orderedat", "date", "datecreated"),
    field("paidAt", "When it was paid", "paidat", "datepaid", "processedat"),
    field("promisedAt", "When it was promised for", "promisedat", "deliverby", "deliverydate", "estimateddelivery"),
    field("shippedAt", "When it went out", "shippedat", "fulfilledat", "dispatchedat", "shipdate"),
    field("deliveredAt", "When it arrived", "deliveredat", "arrivedat"),
    field("cancelledAt", "When it was cancelled", "cancelledat", "canceledat"),
    field("tracking", "Tracking number", "tracking", "trackingnumber"),
    field("payments", "Payments, as JSON", "payments"),
    field("shipments", "Shipments, as JSON", "shipments"),
    field("returns", "Returns, as JSON", "returns"),
    field("refunds", "Refunds, as JSON", "refunds"),
    field("disputes", "Disputes, as JSON", "disputes"),
    field("saidAt", "When this was so: newer words stand before older ones", "saidat", "updatedat", "modifiedat", "datemodified"),
  ],
};

/** Where columns without a field of their own may go: `fields.colour`, `properties.page`. */
export const FREE: Record<ThingName, string | null> = { customers: "fields.", interactions: "properties.", orders: null };

/** By exact name first, then by the names that others use; each field once. Columns that say nothing known stay out. */
export function guessMapping(thing: ThingName, columns: readonly string[]): Record<string, string> {
  const guess = new Map<string, string>();
  const taken = new Set<string>();
  const give = (column: string, found: Field | undefined): void => {
    if (!found || taken.has(found.name) || guess.has(column)) return;
    taken.add(found.name);
    guess.set(column, found.name);
  };
  for (const column of columns)
    give(
      column,
      FIELDS[thing].find(({ name }) => name === column),
    );
  const isShopify = columns.some((column) => plain(column) === "lineitemname");
  for (const each of FIELDS[thing]) {
    // Shopify calls an order's number its name.
    const alsoCalled = isShopify && each.name === "number" ? ["name", ...each.alsoCalled] : each.alsoCalled;
    const column = alsoCalled.map((called) => columns.find((one) => plain(one) === called && !guess.has(one))).find(Boolean);
    if (column !== undefined) give(column, each);
  }
  return Object.fromEntries(guess);
}

function plain(column: string): string {
  return column.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
