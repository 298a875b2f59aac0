import { sql } from "kysely";
import { arrayLiteral } from "../../platform/db/index.ts";
import type { PersonalData } from "../access/index.ts";
import { dropDerived, dropScores } from "./queries.ts";

export const personalData: PersonalData = {
  async tell(scope, { customerIds }) {
    const { rows } = await sql<object>`
      select at, reason, valence, weight, score_after as "scoreAfter" from evidence
      where workspace_id = ${scope.workspaceId} and customer_id = any(${arrayLiteral([...customerIds])}::bigint[]) order by at, position limit 10000`.execute(
      scope.db,
    );
    return { experienceScore: rows };
  },
  async erase(tx, { customerIds }) {
    await dropDerived(tx, customerIds);
    await dropScores(tx, customerIds);
    return { count: 0, files: [] };
  },
};
