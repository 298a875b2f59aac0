import type { PersonalData, Retention } from "../features/access/index.ts";
import * as access from "../features/access/index.ts";
import * as email from "../features/channels/email/index.ts";
import * as collect from "../features/collect/index.ts";
import * as conversations from "../features/conversations/index.ts";
import * as customers from "../features/customers/index.ts";
import * as exchange from "../features/exchange/index.ts";
import * as experience from "../features/experience/index.ts";
import * as insights from "../features/insights/index.ts";
import type { Listener } from "../features/interactions/index.ts";
import * as interactions from "../features/interactions/index.ts";
import * as orders from "../features/orders/index.ts";
import * as privacy from "../features/privacy/index.ts";
import * as plays from "../features/plays/index.ts";
import * as segments from "../features/segments/index.ts";
import * as serviceLevels from "../features/service-levels/index.ts";
import * as surveys from "../features/surveys/index.ts";
import type { RoomApp } from "../platform/http/index.ts";

/** What a room gives to the house: routes of the contract, webhooks, pages for customers, listeners, jobs. */
export interface Room {
  name: string;
  floor: number;
  routes?: (api: RoomApp, options: { publicUrl: string }) => void;
  hooks?: (app: RoomApp, options: { publicUrl: string }) => Promise<void>;
  pages?: (app: RoomApp) => Promise<void>;
  listeners?: readonly Listener[];
  defineJobs?: (options: { publicUrl: string }) => void;
  personalData?: PersonalData;
  /** Kinds of data that can be forgotten when they grow old. */
  retention?: Readonly<Record<string, Retention>>;
}

/** Every room, from the ground floor up. */
export const rooms: readonly Room[] = [
  {
    name: "access",
    floor: 0,
    routes: access.routes,
    defineJobs: access.defineJobs,
    personalData: access.personalData,
    retention: access.retention,
  },
  {
    name: "interactions",
    floor: 1,
    routes: interactions.routes,
    defineJobs: interactions.defineJobs,
    personalData: interactions.personalData,
    retention: interactions.retention,
  },
  {
    name: "customers",
    floor: 2,
    routes: (api, { publicUrl }) => customers.routes(api, publicUrl),
    pages: customers.pages,
    listeners: customers.listeners,
    defineJobs: customers.defineJobs,
    personalData: customers.personalData,
  },
  {
    name: "channels/email",
    floor: 3,
    routes: email.routes,
    defineJobs: email.defineJobs,
    personalData: email.personalData,
    retention: email.retention,
  },
  {
    name: "collect",
    floor: 3,
    routes: (api, { publicUrl }) => collect.routes(api, publicUrl),
    hooks: collect.inbound,
    personalData: collect.personalData,
    defineJobs: collect.defineJobs,
  },
  { name: "service-levels", floor: 3, routes: serviceLevels.routes },
  {
    name: "orders",
    floor: 3,
    personalData: orders.personalData,
    routes: (api, { publicUrl }) => orders.routes(api, publicUrl),
    hooks: orders.hooks,
    defineJobs: orders.defineJobs,
  },
  {
    name: "conversations",
    floor: 4,
    routes: conversations.routes,
    listeners: conversations.listeners,
    personalData: conversations.personalData,
  },
  {
    name: "surveys",
    floor: 5,
    personalData: surveys.personalData,
    routes: surveys.routes,
    pages: surveys.pages,
    listeners: surveys.listeners,
    defineJobs: ({ publicUrl }) => surveys.defineJobs(publicUrl),
  },
  {
    name: "experience",
    floor: 6,
    personalData: experience.personalData,
    routes: experience.routes,
    listeners: experience.listeners,
    defineJobs: ({ publicUrl }) => experience.defineJobs(publicUrl),
  },
  {
    name: "segments",
    floor: 6.5,
    routes: segments.routes,
    listeners: segments.listeners,
    defineJobs: segments.defineJobs,
    personalData: segments.personalData,
  },
  { name: "plays", floor: 7, routes: plays.routes, listeners: plays.listeners, personalData: plays.personalData },
  { name: "insights", floor: 7, routes: insights.routes, listeners: insights.listeners, personalData: insights.personalData },
  { name: "exchange", floor: 7, routes: exchange.routes, defineJobs: exchange.defineJobs, personalData: exchange.personalData },
  { name: "privacy", floor: 7, routes: privacy.routes, defineJobs: privacy.defineJobs },
];

/** Tells the log and the job queue what each room listens for and does later. Once per process. */
export function assembleRooms(options: { publicUrl: string }): void {
  interactions.addListeners(rooms.flatMap((room) => [...(room.listeners ?? [])]));
  for (const room of rooms) room.defineJobs?.(options);
  privacy.holdPersonalData(rooms.flatMap(({ name, personalData }) => (personalData ? [{ name, personalData }] : [])));
  privacy.holdRetention(Object.assign({}, ...rooms.map((room) => room.retention ?? {})));
}
