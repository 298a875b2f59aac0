import { assembleRooms } from "../app/rooms.ts";
import { readConfig } from "../config.ts";
import { allListeners, rebuildListener } from "../features/interactions/index.ts";
import { withDatabase } from "./with-database.ts";

/** Drops what a listener derived and reads the whole log for it again. Safe while Throughline runs. */
export async function rebuild([name]: string[]): Promise<number> {
  assembleRooms({ publicUrl: readConfig().publicUrl });
  const names = allListeners().map((listener) => listener.name);
  if (name === undefined || !names.includes(name)) {
    console.error(`Which one? throughline rebuild ${names.join(" | ")}`);
    return 1;
  }
  const began = performance.now();
  await withDatabase(() => rebuildListener(name));
  console.log(`Rebuilt ${name} in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  return 0;
}
