import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useChange } from "../../shell/use-change.ts";
import { formatWhole } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { FormPage, FormPart, ItemRow } from "../../ui/form-page.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { ImportSheet } from "./import-sheet.tsx";
import { importsQuery, uploadImport, type Import, type Thing } from "./queries.ts";

const things: readonly { value: Thing; label: string }[] = [
  { value: "customers", label: "Customers" },
  { value: "interactions", label: "What happened" },
  { value: "orders", label: "Orders" },
];

/** Everything in and out as files: CSV for tables, NDJSON for programs. */
export function Files() {
  const imports = useQuery(importsQuery);
  const { busy, wrong, run } = useChange(["imports"]);
  const [thing, setThing] = useState<Thing>("customers");
  const [open, setOpen] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);

  async function take(file: File | undefined): Promise<void> {
    if (!file) return;
    const id = await run(() => uploadImport(thing, file));
    if (id) setOpen(id);
  }
  return (
    <FormPage title="Files in and out" note="Bring what you have from elsewhere, and take everything with you whenever you like.">
      <FormPart
        title="Bring a file"
        note="CSV or NDJSON, of any size. You see what would happen before anything does, and the same file twice changes nothing."
      >
        <div className="flex flex-wrap items-center gap-3">
          <Segments label="What is in it" value={thing} onChange={setThing} options={things} />
          <input
            ref={picker}
            type="file"
            accept=".csv,.tsv,.txt,.ndjson,.jsonl"
            aria-label="File to bring"
            className="sr-only"
            tabIndex={-1}
            onChange={({ target }) => {
              void take(target.files?.[0]);
              target.value = "";
            }}
          />
          <Button look="ink" busy={busy} onClick={() => picker.current?.click()}>
            Choose a file
          </Button>
        </div>
        <Wrong words={wrong} />
      </FormPart>
      <FormPart title="Brought so far">
        {imports.error && <Failure error={imports.error} what="The list was not loaded." onRetry={() => void imports.refetch()} />}
        {imports.isPending && <Skeleton rows={3} height={44} label="Loading" />}
        {imports.data?.items.length === 0 && <p className="text-text-2">No file yet.</p>}
        <ul>
          {imports.data?.items.map((each) => (
            <ItemRow key={each.id} title={each.name} detail={`${stateWords(each)} ${each.createdBy}, ${formatWhole(each.createdAt)}`}>
              <Button look="plain" onClick={() => setOpen(each.id)}>
                Look
              </Button>
            </ItemRow>
          ))}
        </ul>
      </FormPart>
      <FormPart title="Take everything with you" note="In the forms in which it can be brought again.">
        <ul>
          {things.map(({ value, label }) => (
            <ItemRow key={value} title={label}>
              {(["csv", "ndjson"] as const).map((format) => (
                <a
                  key={format}
                  href={`/api/v1/exports/${value}?format=${format}`}
                  download
                  aria-label={`${label} as ${format.toUpperCase()}`}
                  className="flex h-(--control) items-center rounded-m px-2 font-medium hover:bg-hover"
                >
                  {format.toUpperCase()}
                </a>
              ))}
            </ItemRow>
          ))}
        </ul>
      </FormPart>
      {open && <ImportSheet id={open} onClose={() => setOpen(null)} />}
    </FormPage>
  );
}

/** How an import stands, in a sentence. */
function stateWords({ state, progress, counts }: Import): string {
  if (state === "ready" || state === "tried") return "Waiting for you.";
  if (state === "trying") return `Being tried, ${Math.round(progress * 100)} %.`;
  if (state === "running") return `Being taken in, ${Math.round(progress * 100)} %.`;
  if (state === "failed") return "Stopped.";
  if (state === "cancelled") return "Cancelled.";
  const known = counts.unchanged === 0 ? "" : `, ${counts.unchanged.toLocaleString()} known already`;
  return `${counts.new.toLocaleString()} new, ${counts.changed.toLocaleString()} changed${known}, ${counts.refused.toLocaleString()} refused.`;
}
