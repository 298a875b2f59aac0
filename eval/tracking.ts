import { readFile } from "node:fs/promises";
import { placeBy } from "../server/features/collect/placing.ts";
import { readEvent } from "../server/features/collect/read-event.ts";

export interface TrackingMeasure {
  examples: number;
  taken: number;
  /** Read, but whose they are is not said in the example. */
  ofNobody: number;
  refused: { index: number; reason: string }[];
}

/** Reads a list of `{ example }` of the tracking API, each as an event of a batch. */
export async function measureTracking(file: string): Promise<TrackingMeasure> {
  const list: unknown = JSON.parse(await readFile(file, "utf8"));
  const examples = Array.isArray(list) ? list.map((each: unknown) => Object(each).example ?? each) : [];
  const place = placeBy(new Map(), new Map());
  const measure: TrackingMeasure = { examples: examples.length, taken: 0, ofNobody: 0, refused: [] };
  for (const [index, example] of examples.entries()) {
    const read = readEvent(example, { source: { id: "src_1", kind: "server" }, receivedAt: new Date(), alike: new Map(), place });
    if ("reason" in read) measure.refused.push({ index, reason: read.reason });
    else if (read.sighting.identities.length === 0) measure.ofNobody += 1;
    else measure.taken += 1;
  }
  return measure;
}
