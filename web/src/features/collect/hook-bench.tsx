import { useState } from "react";
import type { Answer } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Area } from "../../ui/area.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { SampleFields, useHookSample } from "./hook-sample.tsx";

type Hook = Answer<"listHooks">["items"][number];
type Trial = Answer<"tryMapping">;

const MAPPING = `{
  "customer": { "email": customer.email },
  "kind": "ticket.bought",
  "occurredAt": created_at,
  "touchpoint": "shop",
  "properties": { "event": event.name, "price": total },
  "key": id
}`;

/** The bench: a mapping, a sample of what comes, and what would be recorded. */
export function HookBench({ hook, onClose }: { hook: Hook | null; onClose: () => void }) {
  const { busy, wrong, run } = useChange(["hooks"]);
  const [name, setName] = useState(hook?.name ?? "");
  const [mapping, setMapping] = useState(hook?.mapping ?? MAPPING);
  const sample = useHookSample(hook?.id ?? null);
  const [trial, setTrial] = useState<Trial | null>(null);
  const [unreadable, setUnreadable] = useState<string | null>(null);

  async function tryIt(): Promise<void> {
    const body = read(sample.text);
    setUnreadable(body === undefined ? "The sample is not JSON." : null);
    if (body === undefined) return;
    setTrial(await run(() => answer(api.POST("/api/v1/hooks/trial", { body: { mapping, body } }))));
  }
  async function save(): Promise<void> {
    const body = { name, mapping };
    const saved = hook
      ? await run(() => answer(api.PATCH("/api/v1/hooks/{id}", { params: { path: { id: hook.id } }, body })), "Saved.")
      : await run(() => answer(api.POST("/api/v1/hooks", { body })), "The webhook is there. Its address is in the list.");
    if (saved) onClose();
  }
  return (
    <section className="flex flex-col gap-4">
      <Field
        label="Name"
        value={name}
        required
        maxLength={100}
        placeholder="Ticket shop"
        onChange={(event) => setName(event.target.value)}
      />
      <Area label="Mapping" rows={9} value={mapping} spellCheck={false} voice="code" onChange={(event) => setMapping(event.target.value)} />
      <SampleFields sample={sample} />
      <div className="flex gap-2">
        <Button busy={busy} onClick={() => void tryIt()}>
          Try it
        </Button>
        <span className="grow" />
        <Button onClick={onClose}>Leave it</Button>
        <Button look="ink" busy={busy} disabled={name.trim() === ""} onClick={() => void save()}>
          Save
        </Button>
      </div>
      <Wrong words={unreadable ?? wrong} />
      {trial && <Result trial={trial} />}
    </section>
  );
}

function Result({ trial }: { trial: Trial }) {
  if (trial.error) return <Wrong words={trial.error} />;
  return (
    <div aria-live="polite">
      <h2 className="mb-1 font-strong">
        {trial.interactions.length === 0
          ? "Nothing would be recorded"
          : trial.interactions.length === 1
            ? "This would be recorded"
            : "These would be recorded"}
      </h2>
      {trial.interactions.map((each, index) => (
        <pre
          key={index}
          tabIndex={0}
          role="group"
          aria-label={`Interaction ${index + 1}`}
          className="mb-2 max-h-72 overflow-auto rounded-m bg-sunken p-3 font-mono text-s whitespace-pre-wrap [overflow-wrap:anywhere]"
        >
          {JSON.stringify(each, null, 2)}
        </pre>
      ))}
      {trial.refusals.map((each, index) => (
        <p key={index} className="text-poor">
          {each.reason}
        </p>
      ))}
    </div>
  );
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
