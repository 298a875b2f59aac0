import { wordPatterns, type PersonalData } from "../access/index.ts";
import { deleteBodiesAbout } from "./body-queries.ts";
import { deleteRefusalsLike } from "./queries.ts";

/** What was taken is in the log; what was not, and the last bodies of hooks, are kept for a week and go with whoever they name. */
export const personalData: PersonalData = {
  tell: () => Promise.resolve({}),
  async erase(tx, person) {
    const patterns = wordPatterns(person);
    const refusals = person.words.length === 0 ? 0 : await deleteRefusalsLike(tx, patterns);
    return { count: refusals + (await deleteBodiesAbout(tx, person.customerIds, patterns)), files: [] };
  },
};
