import { ChartNoAxesColumn, Inbox, Settings2, UsersRound } from "lucide-react";
import type { LucideIcon } from "lucide-react";

/** One place in the navigation. */
export interface Place {
  name: string;
  to: "/inbox" | "/customers" | "/board" | "/settings";
  icon: LucideIcon;
}

export const places: readonly Place[] = [
  { name: "Inbox", to: "/inbox", icon: Inbox },
  { name: "Customers", to: "/customers", icon: UsersRound },
  { name: "Board", to: "/board", icon: ChartNoAxesColumn },
];

export const settingsPlace: Place = { name: "Settings", to: "/settings", icon: Settings2 };

/** Whether an address lies in a place. Segments are a way of looking at customers. */
export function isIn(place: Place, pathname: string): boolean {
  return pathname.startsWith(place.to) || (place.to === "/customers" && pathname.startsWith("/segments"));
}

/** The address of a place. */
export function linkOf(place: Place) {
  if (place.to === "/inbox") return { to: "/inbox/$view", params: { view: "mine" } } as const;
  if (place.to === "/settings") return { to: "/settings/$page", params: { page: "profile" } } as const;
  return { to: place.to } as const;
}
