import type { paths as Contract } from "./contract.gen.ts";

/** Operations that the contract does not hold yet. */
interface Coming {
  "/api/v1/sample": {
    delete: { parameters: { query?: never; path?: never }; requestBody?: never; responses: { 204: { content?: never } } };
  };
}

/** Every path of the API, as the client reads them. */
export type paths = Contract & Coming;
