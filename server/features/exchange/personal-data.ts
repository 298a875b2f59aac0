import { forgetAbout, wordPatterns, type PersonalData } from "../access/index.ts";
import { arrayLiteral } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { namePartsOf } from "./name-parts.ts";
import { wordOf } from "./named-in.ts";
import { forgetRefusals } from "./refusal-queries.ts";
import { forgetLastWords } from "./word-queries.ts";
import { end, forgetNamesLike, openImports } from "./queries.ts";

/** What was taken in is told by the rooms that keep it. Refused lines go with whoever they name, and files that wait go too. */
export const personalData: PersonalData = {
  tell: () => Promise.resolve({}),
  async erase(tx, person) {
    const words = wordPatterns(person);
    const parts = namePartsOf(person.names);
    const refused = await forgetRefusals(tx, {
      whose: person.identities.map(wordOf),
      patterns: words,
      nameParts: arrayLiteral(parts.map((part) => `% ${part} %`)),
    });
    const count = refused + (await forgetLastWords(tx, person.customerIds));
    const named = await forgetNamesLike(tx, words);
    await forgetAbout(
      tx,
      named.map((id) => publicId("imp", id)),
    );
    const waiting = await openImports(tx);
    for (const { id } of waiting) await end(tx, id, "cancelled", "Somebody was erased meanwhile. Send the file again, without them.");
    return { count, files: waiting.map(({ digest }) => digest) };
  },
};
