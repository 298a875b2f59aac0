import type { Listener } from "../interactions/index.ts";
import { KINDS } from "./evidence-of.ts";
import { noticeRisk } from "./notice-risk.ts";
import { dropAll } from "./queries.ts";
import { takeIn } from "./take-in.ts";

export const listeners: Listener[] = [
  {
    name: "experience.score",
    floor: 6,
    kinds: KINDS,
    handle: async (tx, batch) => {
      const touched = await takeIn(tx, batch);
      if (touched.length > 0) await noticeRisk(tx, touched);
    },
    clear: dropAll,
  },
];
