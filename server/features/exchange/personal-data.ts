import { wordPatterns, type PersonalData } from "../access/index.ts";
import { end, forgetLike, openImports } from "./queries.ts";

/** What was taken in is told by the rooms that keep it. Refused lines go with whoever they name, and files that wait go too. */
export const personalData: PersonalData = {
  tell: () => Promise.resolve({}),
  async erase(tx, person) {
    const count = person.words.length === 0 ? 0 : await forgetLike(tx, wordPatterns(person));
    const waiting = await openImports(tx);
    for (const { id } of waiting) await end(tx, id, "cancelled", "Somebody was erased meanwhile. Send the file again, without them.");
    return { count, files: waiting.map(({ digest }) => digest) };
  },
};
