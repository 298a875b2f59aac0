import { sql, type RawBuilder } from "kysely";
import { PARAMETERS, scaleAt } from "./score.ts";

/** The score of one customer at a moment, as an expression in SQL: 100·(α+G)/(α+β+G+B); null while it is not known. */
export function scoreSql(customerId: RawBuilder<unknown>, at: Date): RawBuilder<unknown> {
  const { alpha, beta, fewestPieces } = PARAMETERS;
  const scale = scaleAt(at, PARAMETERS);
  return sql`(select 100 * (${alpha}::float8 + s.good / ${scale}::float8) / (${alpha + beta}::float8 + (s.good + s.bad) / ${scale}::float8)
    from experience_scores s where s.customer_id = ${customerId} and s.pieces >= ${fewestPieces})`;
}
