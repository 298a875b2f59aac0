import type { paths as Contract } from "./contract.gen.ts";
import type { Board, MetricRow, Page, Proposal } from "./entities.ts";

type PathParameters<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: string } & PathParameters<Rest>
  : unknown;

/** One operation, in the shape that openapi-typescript writes. */
type Does<P extends string, Answer, Query = undefined, Body = undefined> = {
  parameters: { query?: Query } & (P extends `${string}{${string}` ? { path: PathParameters<P> } : { path?: never });
  responses: { 200: { content: { "application/json": Answer } } };
} & (Body extends undefined ? { requestBody?: never } : { requestBody: { content: { "application/json": Body } } });

interface Cursor {
  cursor?: string;
  limit?: number;
}

/** Operations that the contract does not hold yet. */
interface Operations {
  "/api/v1/proposals": { get: [Page<Proposal>, Cursor] };
  "/api/v1/proposals/{id}": { patch: [Proposal, undefined, { subject?: string; text?: string }] };
  "/api/v1/proposals/{id}/sending": { post: [Proposal, undefined, { subject?: string; text?: string }]; delete: Proposal };
  "/api/v1/insights/board": { get: [Board, { from?: string; to?: string }] };
  "/api/v1/insights/metrics/{key}/rows": { get: [Page<MetricRow>, Cursor & { from?: string; to?: string }] };
  "/api/v1/sample": { delete: unknown };
}

type Operation<P extends string, T> = T extends [infer Answer, infer Query, infer Body]
  ? Does<P, Answer, Query, Body>
  : T extends [infer Answer, infer Query]
    ? Does<P, Answer, Query>
    : Does<P, T>;

type Coming = {
  [P in keyof Operations]: { [M in keyof Operations[P]]: Operation<P & string, Operations[P][M]> };
};

/** Every path of the API, as the client reads them. */
export type paths = Contract & Coming;
