import { wordPatterns, type PersonalData } from "../access/index.ts";
import { deleteRefusalsLike } from "./queries.ts";

/** What was taken is in the log; what was not is listed for a week, and goes with whoever it names. */
export const personalData: PersonalData = {
  tell: () => Promise.resolve({}),
  async erase(tx, person) {
    const count = person.words.length === 0 ? 0 : await deleteRefusalsLike(tx, wordPatterns(person));
    return { count, files: [] };
  },
};
