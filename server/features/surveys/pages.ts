import { Type } from "typebox";
import { findWorkspace } from "../access/index.ts";
import { reading } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { servePlainPages, takeOneClicks, type RoomApp } from "../../platform/http/index.ts";
import { answerSurvey, requireAsk, stopAsking } from "./answer.ts";
import { ratingPage, stopPage, stoppedPage, thanksPage } from "./page-html.ts";
import { responseTo } from "./queries.ts";

const Token = Type.String({ maxLength: 60, pattern: "^[A-Za-z0-9_-]+$" });

/** The pages that the asking mail leads to. Opening one is no answer; they work without script. */
export async function pages(app: RoomApp): Promise<void> {
  servePlainPages(app);

  app.get(
    "/rate/:token/:rating",
    {
      config: { permission: "public" },
      schema: { hide: true, params: Type.Object({ token: Token, rating: Type.Integer({ minimum: 1, maximum: 5 }) }) },
    },
    async (request, reply) => {
      const { token, rating } = request.params;
      const ask = await requireAsk(token);
      const scope = reading(ask);
      const [workspace, known] = await Promise.all([findWorkspace(scope), responseTo(scope, ask.id)]);
      return reply.type("text/html").send(ratingPage({ company: workspace?.name ?? "", token, rating, comment: known?.comment ?? "" }));
    },
  );

  app.post(
    "/rate/:token",
    {
      config: { permission: "public" },
      schema: {
        hide: true,
        params: Type.Object({ token: Token }),
        body: Type.Object({ rating: Type.String({ pattern: "^[1-5]$" }), comment: Type.Optional(Type.String({ maxLength: 5000 })) }),
      },
    },
    async (request, reply) => {
      const { token } = request.params;
      const comment = request.body.comment?.trim() || null;
      const rating = Number(request.body.rating);
      const response = await answerSurvey(token, { rating, comment });
      const workspace = await findWorkspace(reading(await requireAsk(token)));
      return reply.type("text/html").send(thanksPage({ company: workspace?.name ?? "", token, rating: response.rating ?? rating }));
    },
  );

  await app.register(stopping);

  app.get("/rate/*", { config: { permission: "public" }, schema: { hide: true } }, async () => {
    throw notFound("page");
  });
}

/** The asking mail's unsubscribe address too (RFC 8058): mail programs post to it by themselves. */
async function stopping(app: RoomApp): Promise<void> {
  takeOneClicks(app);
  const about = { config: { permission: "public" as const }, schema: { hide: true, params: Type.Object({ token: Token }) } };

  app.get("/rate/:token/stop", about, async (request, reply) => {
    const workspace = await findWorkspace(reading(await requireAsk(request.params.token)));
    return reply.type("text/html").send(stopPage({ company: workspace?.name ?? "", token: request.params.token }));
  });

  app.post("/rate/:token/stop", about, async (request, reply) => {
    await stopAsking(request.params.token);
    const workspace = await findWorkspace(reading(await requireAsk(request.params.token)));
    return reply.type("text/html").send(stoppedPage({ company: workspace?.name ?? "" }));
  });
}
