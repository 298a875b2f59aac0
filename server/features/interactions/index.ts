/** The log of every interaction: append, read, listen, rebuild. */
export type { Interaction, NewInteraction, Recorded } from "./interaction.ts";
export { amidDigests, betweenDigests, membersOf, onRejoin, personOf, rootsOf, setRoots, type Rejoin } from "./aliases.ts";
export { record } from "./record.ts";
export { addListeners, allListeners, removeListeners, PARTITIONS, type Listener, type ListenerTx } from "./listener.ts";
export { digestAll, startReading, type Reading } from "./read-log.ts";
export { rebuildListener, replaySetAside } from "./rebuild.ts";
export { LiveFeed, type LiveMessage } from "./live.ts";
export {
  deleteInteractions,
  findInteraction,
  findInteractions,
  listenerStates,
  listSetAside,
  newestTruth,
  readTimeline,
  stagesOf,
  type TimelineFilter,
} from "./queries.ts";
export { horizonAge, newestPosition, readHorizon } from "./horizon.ts";
export { forgetTouchpoints, STAGES, touchpointsOf, type Touchpoint } from "./touchpoints.ts";
export { Initiative, TimelineItem } from "./schemas.ts";
export { sealNext } from "./seal.ts";
export { sourceKeyOf } from "./source-key.ts";
export { eraseWords, personalData } from "./personal-data.ts";
export { retention } from "./retention.ts";
export { routes } from "./routes.ts";
export { defineJobs } from "./jobs.ts";
export { pageOfInteractions, storedKeys, type PagedInteraction } from "./exchange-queries.ts";
