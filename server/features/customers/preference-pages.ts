import { Type } from "typebox";
import { findWorkspace } from "../access/index.ts";
import { reading } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { servePlainPages, takeOneClicks, type RoomApp } from "../../platform/http/index.ts";
import { preferencePage, savedPage, unsubscribePage } from "./preference-html.ts";
import { readPreferenceToken } from "./preference-link.ts";
import { preferencesOf, statePreferences } from "./preferences.ts";

const Params = Type.Object({ token: Type.String({ maxLength: 60 }) });

/** A customer's own page, by a signed link. It works without script; opening it changes nothing. */
export async function pages(app: RoomApp): Promise<void> {
  servePlainPages(app);

  app.get("/preferences/:token", { config: { permission: "public" }, schema: { hide: true, params: Params } }, async (request, reply) => {
    const who = await readPreferenceToken(request.params.token);
    const [workspace, preferences] = await Promise.all([findWorkspace(reading(who)), preferencesOf(reading(who), who.customerId)]);
    return reply.type("text/html").send(preferencePage({ company: workspace?.name ?? "", token: request.params.token, preferences }));
  });

  app.post(
    "/preferences/:token",
    { config: { permission: "public" }, schema: { hide: true, params: Params, body: Type.Record(Type.String(), Type.String()) } },
    async (request, reply) => {
      const who = await readPreferenceToken(request.params.token);
      const said = request.body;
      await statePreferences(who, (choice) => said[`${choice.channel}.${choice.class}`] === "on", "preference page");
      const workspace = await findWorkspace(reading(who));
      return reply.type("text/html").send(savedPage({ company: workspace?.name ?? "", token: request.params.token }));
    },
  );

  await app.register(oneClick);

  app.get("/preferences/*", { config: { permission: "public" }, schema: { hide: true } }, async () => {
    throw notFound("page");
  });
}

const ClassParams = Type.Object({ ...Params.properties, class: Type.Union([Type.Literal("survey"), Type.Literal("marketing")]) });

/** One click in the reader's mail program (RFC 8058): it posts, and needs no page. Programs that open the address instead show one button. */
async function oneClick(app: RoomApp): Promise<void> {
  takeOneClicks(app);
  const about = { config: { permission: "public" as const }, schema: { hide: true, params: ClassParams } };

  app.get("/preferences/:token/unsubscribe/:class", about, async (request, reply) => {
    const { token, class: kind } = request.params;
    const who = await readPreferenceToken(token);
    const workspace = await findWorkspace(reading(who));
    return reply.type("text/html").send(unsubscribePage({ company: workspace?.name ?? "", token, kind }));
  });

  app.post("/preferences/:token/unsubscribe/:class", about, async (request, reply) => {
    const who = await readPreferenceToken(request.params.token);
    await statePreferences(who, (choice) => (choice.class === request.params.class ? false : null), "one-click unsubscribe");
    const workspace = await findWorkspace(reading(who));
    return reply.type("text/html").send(savedPage({ company: workspace?.name ?? "", token: request.params.token }));
  });
}
