import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { isView } from "./features/conversations/views.ts";
import type { CustomerListing, CustomerSort } from "./features/customers/queries.ts";
import { Failure } from "./ui/failure.tsx";
import { Gate } from "./shell/gate.tsx";
import { Lost } from "./shell/lost.tsx";

const root = createRootRoute({ component: Gate, notFoundComponent: Lost });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox/$view", params: { view: "mine" } });
  },
});

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const sortOf = (value: unknown): CustomerSort | undefined =>
  value === "name" || value === "score" || value === "since" || value === "lastHeard" ? value : undefined;

export const inboxRoute = createRoute({
  getParentRoute: () => root,
  path: "/inbox/$view",
  validateSearch: (search: Record<string, unknown>): { query?: string } => ({ query: textOf(search.query) }),
  beforeLoad: ({ params }) => {
    if (!isView(params.view)) throw redirect({ to: "/inbox/$view", params: { view: "mine" } });
  },
  component: lazyRouteComponent(() => import("./features/conversations/inbox.tsx"), "Inbox"),
});

export const conversationRoute = createRoute({ getParentRoute: () => inboxRoute, path: "$conversationId" });

export const customersRoute = createRoute({
  getParentRoute: () => root,
  path: "/customers",
  validateSearch: (search: Record<string, unknown>): CustomerListing => ({
    query: textOf(search.query),
    segment: textOf(search.segment),
    sort: sortOf(search.sort),
  }),
  component: lazyRouteComponent(() => import("./features/customers/customer-list.tsx"), "CustomerList"),
});

export const customerRoute = createRoute({
  getParentRoute: () => root,
  path: "/customers/$customerId",
  component: lazyRouteComponent(() => import("./features/customers/customer-page.tsx"), "CustomerPage"),
});

export const segmentsRoute = createRoute({
  getParentRoute: () => root,
  path: "/segments",
  component: lazyRouteComponent(() => import("./features/segments/segment-list.tsx"), "SegmentList"),
});

export const segmentRoute = createRoute({
  getParentRoute: () => root,
  path: "/segments/$segmentId",
  component: lazyRouteComponent(() => import("./features/segments/segment-page.tsx"), "SegmentPage"),
});

export const boardRoute = createRoute({
  getParentRoute: () => root,
  path: "/board",
  validateSearch: (search: Record<string, unknown>): { from?: string; to?: string } => ({
    from: textOf(search.from),
    to: textOf(search.to),
  }),
  component: lazyRouteComponent(() => import("./features/insights/board.tsx"), "BoardPage"),
});

export const settingsRoute = createRoute({
  getParentRoute: () => root,
  path: "/settings/$page",
  component: lazyRouteComponent(() => import("./shell/settings.tsx"), "Settings"),
});

/** Without a page: the first one. */
const settingsStart = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  beforeLoad: () => {
    throw redirect({ to: "/settings/$page", params: { page: "profile" } });
  },
});

const invitationRoute = createRoute({ getParentRoute: () => root, path: "/invitation/$token" });

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    inboxRoute.addChildren([conversationRoute]),
    customersRoute,
    customerRoute,
    segmentsRoute,
    segmentRoute,
    boardRoute,
    settingsStart,
    settingsRoute,
    invitationRoute,
  ]),
  defaultPreload: "intent",
  defaultErrorComponent: ({ error, reset }) => <Failure error={error} what="This page stumbled." onRetry={reset} />,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
