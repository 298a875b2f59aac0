/** Where an event belongs. What is undefined, its touchpoint says; without one, nobody does. */
export interface Placing {
  touchpoint?: string;
  stage?: string;
  driver?: "people" | "process" | "product";
  control?: "direct" | "influenced" | "external";
  initiative?: "reactive" | "proactive";
}

const shop = at("web-shop");
const cart = at("web-shop", { stage: "purchase" });
const checkout = at("checkout");
const returns = at("returns");
const sharing = at("sharing");
const newsletter = at("newsletter");
const sent = at("newsletter", { initiative: "proactive" });
const promotion = at("web-shop", { stage: "awareness", initiative: "proactive" });

/**
 * Names of the common specs (ecommerce, email, mobile, software as a service), and where they belong unless a workspace
 * says otherwise. Compared without regard to case.
 */
export const DEFAULT_PLACINGS: ReadonlyMap<string, Placing> = new Map([
  ["Products Searched", shop],
  ["Product List Viewed", shop],
  ["Product List Filtered", shop],
  ["Product Clicked", shop],
  ["Product Viewed", shop],
  ["Product Added to Wishlist", shop],
  ["Product Removed from Wishlist", shop],
  ["Wishlist Product Added to Cart", cart],
  ["Promotion Viewed", promotion],
  ["Promotion Clicked", promotion],
  ["Product Added", cart],
  ["Product Removed", cart],
  ["Cart Viewed", cart],
  ["Checkout Started", checkout],
  ["Checkout Step Viewed", checkout],
  ["Checkout Step Completed", checkout],
  ["Payment Info Entered", checkout],
  ["Coupon Entered", checkout],
  ["Coupon Applied", checkout],
  ["Coupon Denied", checkout],
  ["Coupon Removed", checkout],
  ["Order Completed", checkout],
  ["Order Updated", checkout],
  ["Order Refunded", returns],
  ["Order Cancelled", returns],
  ["Product Shared", sharing],
  ["Cart Shared", sharing],
  ["Invite Sent", sharing],
  ["Product Reviewed", at("review")],
  ["Email Delivered", sent],
  ["Email Bounced", sent],
  ["Email Opened", newsletter],
  ["Email Link Clicked", newsletter],
  ["Email Marked as Spam", newsletter],
  ["Unsubscribed", newsletter],
  ["Install Attributed", at("advert")],
  ["Application Installed", at("app", { stage: "onboarding" })],
  ["Application Opened", at("app")],
  ["Application Backgrounded", at("app")],
  ["Application Crashed", at("app")],
  ["Application Updated", at("app")],
  ["Application Uninstalled", at("app")],
  ["Push Notification Received", at("app", { initiative: "proactive" })],
  ["Push Notification Tapped", at("app")],
  ["Signed Up", at("account")],
  ["Account Created", at("account")],
  ["Trial Started", at("account")],
  ["Trial Ended", at("account", { stage: "purchase" })],
  ["Signed In", at("account", { stage: "use" })],
  ["Signed Out", at("account", { stage: "use" })],
  ["Account Deleted", at("account", { stage: "support" })],
]);

const byKey = new Map([...DEFAULT_PLACINGS].map(([name, placing]) => [keyOfName(name), placing]));

const BY_KIND: Readonly<Record<string, Placing>> = { "page.viewed": at("website"), "screen.viewed": at("app") };
const NOWHERE: Placing = {};

/** One workspace's word on where events belong, by the key of their name. */
export type Placings = ReadonlyMap<string, Placing>;

/** Where an event belongs: as its source says, else the workspace, else the defaults; field by field. */
export function placeBy(ofSource: Placings, ofWorkspace: Placings): (kind: string, name: string | null) => Placing {
  return (kind, name) => {
    const key = name === null ? null : keyOfName(name);
    const usual = (key === null || kind !== "event.tracked" ? undefined : byKey.get(key)) ?? BY_KIND[kind] ?? NOWHERE;
    if (key === null || (ofSource.size === 0 && ofWorkspace.size === 0)) return usual;
    const [first, second] = [ofSource.get(key), ofWorkspace.get(key)];
    return first === undefined && second === undefined ? usual : { ...usual, ...second, ...first };
  };
}

export function keyOfName(name: string): string {
  return name.trim().toLowerCase();
}

function at(touchpoint: string, more: Placing = {}): Placing {
  return { touchpoint, ...more };
}
