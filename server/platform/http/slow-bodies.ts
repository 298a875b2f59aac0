import type { FastifyInstance } from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What it takes may be so large that it is hours on its way. */
    takesLong?: boolean;
  }
}

const MOST_MS = 120_000;

/**
 * A body that has not come whole within two minutes holds a connection for nothing: it is closed. Uploads may take longer.
 * @param most milliseconds
 */
export function refuseSlowBodies(app: FastifyInstance, most = MOST_MS): void {
  app.addHook("onRequest", (request, _reply, done) => {
    const { raw } = request;
    const hasBody = raw.headers["transfer-encoding"] !== undefined || Number(raw.headers["content-length"] ?? 0) > 0;
    if (hasBody && !raw.complete && request.routeOptions.config.takesLong !== true) {
      const timer = setTimeout(() => {
        if (!raw.complete) raw.destroy();
      }, most).unref();
      raw.once("close", () => clearTimeout(timer));
    }
    done();
  });
}
