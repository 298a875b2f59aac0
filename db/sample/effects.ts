/** What causes what in the sample company, and how strongly. Measures that claim to find effects are tested against these. */
export const EFFECTS = {
  /** A delivery is late this often; on the northern route this much more often in the bad weeks. */
  lateShare: 0.06,
  northLateShare: 0.45,
  /** The bad weeks, in days before now. */
  badWeeks: { from: 24, to: 4 },
  /** Minutes late, when late. */
  lateMinutes: { median: 75, spread: 0.7 },
  /** How often somebody writes after a late or a punctual delivery. */
  writesAfterLate: 0.45,
  writesAfterPunctual: 0.05,
  /** Minutes to the first answer; in the bad weeks the desk is behind. */
  answerMinutes: { median: 70, spread: 0.8, badMedian: 200 },
  /** How likely a customer is to have left for good after so many poor experiences (late box, answer past its promise). */
  leavesAfterPoor: [0.01, 0.12, 0.35, 0.5],
  /** How a rating comes about: what 5 loses by a late box, by a slow answer, and the spread between people. */
  rating: { answers: 0.4, slow: 1.6, late: 0.7, spread: 0.6 },
} as const;
