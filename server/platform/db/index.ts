/** The database, as rooms see it: a scope to read in, a transaction to write in. */
export { connect, disconnect, isConnected, pool } from "./pool.ts";
export type { ConnectOptions } from "./pool.ts";
export { reading, together, transaction } from "./transaction.ts";
export type { Db, Scope, Tx, Who } from "./transaction.ts";
export { isDataException } from "./failures.ts";
export { arrayLiteral } from "./array-literal.ts";
export { jsonbArray } from "./jsonb-array.ts";
export { storableJson } from "./storable-json.ts";
export { LOCKS } from "./locks.ts";
export { planAnew } from "./plan-anew.ts";
export { migrate, pendingMigrations } from "./migrate.ts";
export { anywhere, asUnavailable, listenTo, onOwnConnection, transactionAnywhere } from "./everywhere.ts";
export type { Ask, EverywhereTx } from "./everywhere.ts";
