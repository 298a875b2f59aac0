/** What words say. */
export { sentimentOf, type Sentiment } from "./sentiment.ts";
