import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { MappingFields } from "./mapping-fields.tsx";
import { importQuery, refusedQuery, type Import } from "./queries.ts";

/** One file on its way in: which column is what, what would happen, and how far it has got. */
export function ImportSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const found = useQuery(importQuery(id));
  return (
    <Dialog open wide onClose={onClose} title={found.data?.name ?? "File"}>
      {found.error && !found.data && <Failure error={found.error} what="The file was not loaded." onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton rows={6} height={32} label="Loading the file" />}
      {found.data && <Steps file={found.data} />}
    </Dialog>
  );
}

function Steps({ file }: { file: Import }) {
  const { busy, wrong, run } = useChange(["imports"], ["customers"]);
  const path = { params: { path: { id: file.id } } };
  const isAtWork = file.state === "trying" || file.state === "running";
  const isOpen = file.state === "ready" || file.state === "tried";
  const counts = file.state === "tried" ? file.trial : file.counts;
  return (
    <div className="flex flex-col gap-5">
      {isOpen && <MappingFields file={file} />}
      {isAtWork && (
        <div role="status">
          <p className="mb-1.5">
            {file.state === "trying" ? "We read it to see what would happen" : "It is being taken in"}: {Math.round(file.progress * 100)} %
          </p>
          <progress className="h-1.5 w-full accent-ink" value={file.progress} max={1} aria-label="How far" />
        </div>
      )}
      {counts && file.state !== "ready" && file.state !== "trying" && <Counts counts={counts} isTrial={file.state === "tried"} />}
      {file.error && <Wrong words={file.error} />}
      {counts && counts.refused > 0 && !isAtWork && <Refused id={file.id} />}
      <Wrong words={wrong} />
      <div className="flex flex-wrap justify-end gap-2">
        {(isAtWork || isOpen) && (
          <Button
            busy={busy}
            onClick={() =>
              void run(() => answer(api.DELETE("/api/v1/imports/{id}", path)), "The file was put aside. What was taken in stays.")
            }
          >
            {isAtWork ? "Stop" : "Put it aside"}
          </Button>
        )}
        {isOpen && (
          <Button
            busy={busy}
            disabled={file.missing.length > 0}
            onClick={() => void run(() => answer(api.POST("/api/v1/imports/{id}/trial", path)))}
          >
            See what would happen
          </Button>
        )}
        {isOpen && (
          <Button
            look="ink"
            busy={busy}
            disabled={file.missing.length > 0}
            onClick={() => void run(() => answer(api.POST("/api/v1/imports/{id}/run", path)))}
          >
            Take it in
          </Button>
        )}
      </div>
    </div>
  );
}

function Counts({ counts, isTrial }: { counts: Import["counts"]; isTrial: boolean }) {
  const rows = [
    { name: isTrial ? "Would be new" : "New", value: counts.new },
    { name: isTrial ? "Would change" : "Changed", value: counts.changed },
    { name: "As they are", value: counts.unchanged },
    { name: isTrial ? "Would be refused" : "Refused", value: counts.refused },
  ];
  return (
    <dl className="grid grid-cols-4 gap-4 max-phone:grid-cols-2">
      {rows.map(({ name, value }) => (
        <div key={name}>
          <dt className="text-s text-text-3">{name}</dt>
          <dd className="text-l font-strong tabular-nums">{value.toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  );
}

function Refused({ id }: { id: string }) {
  const refused = useQuery(refusedQuery(id));
  return (
    <section>
      <header className="mb-1 flex items-center justify-between">
        <h3 className="font-strong">Lines that are refused</h3>
        <a href={`/api/v1/imports/${id}/refused.csv`} download className="rounded-m px-2 py-1 font-medium hover:bg-hover">
          All as CSV
        </a>
      </header>
      <ul>
        {refused.data?.items.map((each) => (
          <li key={each.line} className="border-b border-line-soft py-1">
            <p>
              Line {each.line}: {each.reason}
            </p>
            <p className="truncate font-mono text-s text-text-3">{each.text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
