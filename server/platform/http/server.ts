import cookie from "@fastify/cookie";
import swagger from "@fastify/swagger";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import websocket from "@fastify/websocket";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type RawServerDefault } from "fastify";
import type { IncomingMessage, ServerResponse } from "node:http";
import { closeSchemas } from "./closed-schemas.ts";
import { refuseDeepBodies } from "./depth.ts";
import { sendApology } from "./plain-pages.ts";
import { answerProblems, asProblem, send } from "./problems.ts";
import { refuseSlowBodies } from "./slow-bodies.ts";
import { cleanTexts } from "./storable-text.ts";
import { compileSchema } from "./validate.ts";

/** What a room mounts its routes on. */
export type RoomApp = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>;

export interface HttpOptions {
  /** Bytes of a JSON body; uploads have their own limit. */
  bodyLimit?: number;
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  trustProxy?: boolean | string;
}

/** What is on its way for longer is cut off; all but uploads much sooner. */
const LONGEST_UPLOAD_MS = 6 * 3_600_000;

/** A server with validation, the contract, sockets and one way to say what is wrong; no routes yet. */
export async function createHttp(options: HttpOptions = {}): Promise<RoomApp> {
  const app = Fastify({
    bodyLimit: options.bodyLimit ?? 1024 * 1024,
    trustProxy: options.trustProxy ?? false,
    logger: false,
    frameworkErrors: (error, request, reply) => {
      const isPage = String(request.headers.accept).includes("text/html") && !request.url.startsWith("/api/");
      return isPage ? sendApology(reply, asProblem(error)) : send(reply, asProblem(error));
    },
    routerOptions: { maxParamLength: 400 },
    requestTimeout: LONGEST_UPLOAD_MS,
    forceCloseConnections: true,
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setValidatorCompiler(compileSchema);
  answerProblems(app);
  closeSchemas(app);
  refuseSlowBodies(app);
  refuseDeepBodies(app);
  cleanTexts(app);
  await app.register(cookie);
  await app.register(websocket, { options: { maxPayload: 64 * 1024 } });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Throughline",
        version: "1",
        description: "One log of every interaction, and customer service and customer experience on it.",
      },
      components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
      security: [{ key: [] }],
    },
  });
  return app;
}
