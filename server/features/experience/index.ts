/** How each customer feels, as far as what happened tells. */
export { Account, PARAMETERS, byTime, exactScore, isPoor, scaleAt, scoreAt, type Evidence, type Masses } from "./score.ts";
export { isAtRisk } from "./notice-risk.ts";
export { scoreSql } from "./score-sql.ts";
export { standingsOf } from "./standings.ts";
export { readExperience } from "./read-experience.ts";
export { countAtRisk, dropWorkspace, fallsWithin, listAtRisk, massesAt, scoresAfterRating, type EvidenceRow } from "./queries.ts";
export { durationOf } from "./evidence-of.ts";
export { rejoin } from "./rejoin.ts";
export { listeners } from "./listeners.ts";
export { defineJobs } from "./jobs.ts";
export { personalData } from "./personal-data.ts";
export { routes } from "./routes.ts";
