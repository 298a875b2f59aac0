export { createHttp, type HttpOptions, type RoomApp } from "./server.ts";
export { dropRest } from "./drop-rest.ts";
export { readJson } from "./read-json.ts";
export { decodeCursor, decodeIdCursor, decodeMomentCursor, encodeCursor, ListOf, page, PageQuery } from "./paging.ts";
export { IdParams, Moment, Nothing, Nullable, PublicId, READABLE, Words } from "./schemas.ts";
export { DEEPEST, isDeeperThan } from "./depth.ts";
export { escapeHtml, plainPage, servePlainPages, takeOneClicks } from "./plain-pages.ts";
