import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Answer } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { FormPage } from "../../ui/form-page.tsx";
import { ShowOnce } from "../../ui/show-once.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Sure } from "../../ui/sure.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { HookBench } from "./hook-bench.tsx";
import { HookSheet } from "./hook-sheet.tsx";
import { hookQuery, hooksQuery } from "./queries.ts";

type Hook = Answer<"listHooks">["items"][number];

/** Addresses for the webhooks of other programs, each with a mapping from what they send to what happened. */
export function Hooks() {
  const hooks = useQuery(hooksQuery);
  const { wrong, run } = useChange(["hooks"]);
  const [editing, setEditing] = useState<Hook | "new" | null>(null);
  const [looking, setLooking] = useState<string | null>(null);
  return (
    <FormPage
      title="Webhooks in"
      note="For whatever else can send a webhook. A mapping in JSONata says what happened, and to whom."
      action={editing === null && <Button onClick={() => setEditing("new")}>Make one</Button>}
    >
      {hooks.error && <Failure error={hooks.error} what="The webhooks were not loaded." onRetry={() => void hooks.refetch()} />}
      {hooks.isPending && <Skeleton rows={3} height={44} label="Loading webhooks" />}
      {hooks.data?.items.length === 0 && editing === null && <p className="text-text-2">None yet.</p>}
      {editing !== null && <HookBench hook={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
      {editing === null && (
        <ul className="flex flex-col gap-5">
          {hooks.data?.items.map((hook) => (
            <li key={hook.id}>
              <div className="mb-1 flex items-center gap-2">
                <div className="min-w-0 grow">
                  <p className="font-medium [overflow-wrap:anywhere]">{hook.name}</p>
                  <Came id={hook.id} />
                </div>
                <Button look="plain" onClick={() => setLooking(hook.id)}>
                  Look
                </Button>
                <Button look="plain" onClick={() => setEditing(hook)}>
                  Change
                </Button>
                <Sure
                  look="plain"
                  verb="Remove"
                  title={`Remove ${hook.name}?`}
                  consequence="What is sent to its address is no longer taken. What came stays."
                  onSure={() =>
                    void run(
                      () => answer(api.DELETE("/api/v1/hooks/{id}", { params: { path: { id: hook.id } } })),
                      "The webhook was removed.",
                    )
                  }
                />
              </div>
              <ShowOnce label={`Address of ${hook.name}`} value={hook.url} />
            </li>
          ))}
        </ul>
      )}
      <Wrong words={wrong} />
      {looking && <HookSheet id={looking} onClose={() => setLooking(null)} />}
    </FormPage>
  );
}

/** How much came to a webhook within a day. */
function Came({ id }: { id: string }) {
  const hook = useQuery({ ...hookQuery(id), refetchInterval: 10_000 });
  if (!hook.data) return <p className="text-s text-text-3">&nbsp;</p>;
  const sum = (of: "taken" | "refused"): number => hook.data.hours.reduce((total, hour) => total + hour[of], 0);
  const [taken, refused] = [sum("taken"), sum("refused")];
  const words = `${taken.toLocaleString()} taken, ${refused.toLocaleString()} not taken in 24 hours`;
  return <p className="text-s text-text-3">{taken + refused === 0 ? "Nothing came in 24 hours" : words}</p>;
}
