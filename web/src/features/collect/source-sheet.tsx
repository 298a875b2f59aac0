import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Answer } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { formatTime, formatWhole } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Failure } from "../../ui/failure.tsx";
import { ShowOnce } from "../../ui/show-once.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Sure } from "../../ui/sure.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";
import { eventWords } from "../customers/event-words.ts";
import { NotTaken } from "./not-taken.tsx";
import { refusalsQuery, sourceQuery } from "./queries.ts";
import { Volume } from "./volume.tsx";

type Detail = Answer<"getSource">;

/** What arrives from a source, live: how much, the last events, and what was not taken. */
export function SourceSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const source = useQuery(sourceQuery(id));
  return (
    <Dialog open onClose={onClose} place="end" title={source.data?.name ?? "Source"}>
      {source.error && !source.data && (
        <Failure error={source.error} what="The source was not loaded." onRetry={() => void source.refetch()} />
      )}
      {source.isPending && <Skeleton rows={6} height={32} label="Loading the source" />}
      {source.data && (
        <div className="flex flex-col gap-6">
          <Volume hours={source.data.hours} />
          <LastEvents events={source.data.lastEvents} />
          <NotTaken refusals={refusalsQuery(id)} />
          {!source.data.revokedAt && <KeyOf id={id} name={source.data.name} />}
        </div>
      )}
    </Dialog>
  );
}

function LastEvents({ events }: { events: Detail["lastEvents"] }) {
  return (
    <section>
      <h3 className="mb-1 font-strong">The last events</h3>
      {events.length === 0 && <p className="text-text-2">Nothing has come yet.</p>}
      <ol className="max-h-72 overflow-auto">
        {events.map((event) => (
          <li key={event.id} className="grid min-h-8 grid-cols-[64px_minmax(0,1fr)] items-center gap-2 border-b border-line-soft">
            <time dateTime={event.receivedAt} title={formatWhole(event.receivedAt)} className="text-s text-text-3">
              {formatTime(event.receivedAt)}
            </time>
            <Link to="/customers/$customerId" params={{ customerId: event.customerId }} className="truncate hover:underline">
              {eventWords({ kind: event.kind, properties: { name: event.name }, member: null, channel: null }).words}
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}

function KeyOf({ id, name }: { id: string; name: string }) {
  const may = useMay("keys:write");
  const { busy, wrong, run } = useChange(["sources"]);
  const [key, setKey] = useState<string | null>(null);
  const path = { params: { path: { id } } };
  if (!may) return null;
  return (
    <section>
      <h3 className="mb-1 font-strong">The key</h3>
      {key && <ShowOnce label="The new write key" value={key} />}
      <div className="mt-2 flex gap-2">
        <Button
          busy={busy}
          onClick={() =>
            void run(
              () => answer(api.POST("/api/v1/sources/{id}/rotation", path)),
              "There is a new key. The old one works for a day.",
            ).then((made) => setKey(made?.writeKey ?? null))
          }
        >
          New key
        </Button>
        <Sure
          verb="Revoke"
          title={`Revoke ${name}?`}
          consequence="Nothing more is taken from it, at once. What it sent stays."
          onSure={() => void run(() => answer(api.DELETE("/api/v1/sources/{id}", path)), "The source was revoked.")}
        />
      </div>
      <Wrong words={wrong} />
    </section>
  );
}
