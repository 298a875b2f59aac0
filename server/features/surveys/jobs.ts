import { Type } from "typebox";
import { Value } from "typebox/value";
import { defineJob } from "../../platform/jobs/index.ts";
import { ask } from "./ask.ts";

const Payload = Type.Object({ workspaceId: Type.Integer(), askId: Type.Integer() });

export function defineJobs(publicUrl: string): void {
  defineJob(
    "surveys.ask",
    (payload) => Value.Parse(Payload, payload),
    (asked) => ask(asked, publicUrl),
  );
}
