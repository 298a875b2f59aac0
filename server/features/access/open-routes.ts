import { Type } from "typebox";
import { reading } from "../../platform/db/index.ts";
import { type RoomApp, Words } from "../../platform/http/index.ts";
import { publicId } from "../../platform/ids.ts";
import { acceptInvitation } from "./invitations.ts";
import { findWorkspace } from "./queries.ts";
import { Email, Password } from "./schemas.ts";
import type { SignIn } from "./sign-in.ts";
import { claimWorkspace, isOwnerNeeded } from "./start.ts";

const Person = { name: Words(100), password: Password };
const Joined = Type.Object({ id: Type.String(), email: Type.String() });

/** What works before anybody has signed in: the first start, and taking up an invitation. */
export function openRoutes(app: RoomApp, signIn: SignIn): void {
  app.get(
    "/setup",
    {
      config: { permission: "public" },
      schema: {
        operationId: "getSetup",
        summary: "Whether the first start still waits for its owner",
        tags: ["access"],
        response: { 200: Type.Object({ ownerNeeded: Type.Boolean() }) },
      },
    },
    async () => ({ ownerNeeded: await isOwnerNeeded() }),
  );

  app.post(
    "/setup",
    {
      config: { permission: "public" },
      schema: {
        operationId: "claimWorkspace",
        summary: "Become the first owner",
        tags: ["access"],
        body: Type.Object({ ...Person, email: Email, workspaceName: Type.Optional(Words(100)) }),
        response: { 201: Joined },
      },
    },
    async (request, reply) => {
      const member = await claimWorkspace(signIn, request.body);
      return reply.code(201).send({ id: publicId("mem", member.id), email: member.email });
    },
  );

  app.post(
    "/invitations/acceptance",
    {
      config: { permission: "public" },
      schema: {
        operationId: "acceptInvitation",
        summary: "Take up an invitation",
        tags: ["access"],
        body: Type.Object({ ...Person, token: Type.String({ minLength: 10, maxLength: 100 }) }),
        response: { 201: Type.Object({ ...Joined.properties, workspace: Type.String() }) },
      },
    },
    async (request, reply) => {
      const member = await acceptInvitation(signIn, request.body);
      const found = await findWorkspace(reading({ workspaceId: member.workspaceId }));
      return reply.code(201).send({ id: publicId("mem", member.id), email: member.email, workspace: found?.name ?? "" });
    },
  );
}
