/** Who is in which segment, kept true as the log grows and time passes. */
export { rejoin } from "./rejoin.ts";
export { preview } from "./preview.ts";
export { startClock } from "./clock.ts";
export { flipDue } from "./flip-due.ts";
export { createSegment, type SegmentInput } from "./save-segment.ts";
export { defineComputing as defineJobs } from "./compute-segment.ts";
export { isIn, listMembers as membersOfSegment, listSegments } from "./queries.ts";
export { personalData } from "./personal-data.ts";
export { listeners } from "./listeners.ts";
export { routes } from "./routes.ts";
export { inSegment } from "./in-segment.ts";
