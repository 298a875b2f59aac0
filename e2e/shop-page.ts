import { AnalyticsBrowser } from "@segment/analytics-next";

/** What a shop's page bundles; the test calls it from the page. */
Object.assign(globalThis, { AnalyticsBrowser });
