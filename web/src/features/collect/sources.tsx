import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { formatShortDay } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Field } from "../../ui/field.tsx";
import { FormPage, FormPart, ItemRow } from "../../ui/form-page.tsx";
import { Segments } from "../../ui/segments.tsx";
import { ShowOnce } from "../../ui/show-once.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";
import { EventPlaces } from "./event-places.tsx";
import { sourcesQuery } from "./queries.ts";
import { SourceSheet } from "./source-sheet.tsx";

/** Where events come from: shops, apps, servers, each with its own key. */
export function Sources() {
  const may = useMay("keys:write");
  const sources = useQuery(sourcesQuery);
  const [open, setOpen] = useState<string | null>(null);
  return (
    <FormPage
      title="Sources"
      note="Your website, apps and servers tell us what customers do. Any program that speaks the Segment tracking API can send here, with no change but the address and the key."
    >
      {sources.error && <Failure error={sources.error} what="The sources were not loaded." onRetry={() => void sources.refetch()} />}
      {sources.isPending && <Skeleton rows={3} height={44} label="Loading sources" />}
      {sources.data?.items.length === 0 && (
        <p className="text-text-2">No sources yet. Make one below, and its events appear here as they come.</p>
      )}
      <ul>
        {sources.data?.items.map((source) => (
          <ItemRow
            key={source.id}
            title={source.name}
            detail={`${source.kind === "browser" ? "Browser" : "Server"}, key ${source.hint}…, since ${formatShortDay(source.createdAt)}. ${dayWords(source.lastDay)}`}
          >
            {source.revokedAt && <Chip>Revoked</Chip>}
            {!source.revokedAt && source.lastDay.refused > 0 && <Chip tone="poor">{source.lastDay.refused} not taken</Chip>}
            <Button look="plain" onClick={() => setOpen(source.id)}>
              Look
            </Button>
          </ItemRow>
        ))}
      </ul>
      {may && <NewSource />}
      <EventPlaces />
      {open && <SourceSheet id={open} onClose={() => setOpen(null)} />}
    </FormPage>
  );
}

function dayWords({ taken, repeated }: { taken: number; repeated: number }): string {
  if (taken === 0) return "Nothing in 24 hours.";
  return `${taken.toLocaleString()} in 24 hours${repeated > 0 ? `, ${repeated.toLocaleString()} came twice` : ""}.`;
}

function NewSource() {
  const { busy, wrong, run } = useChange(["sources"]);
  const [kind, setKind] = useState<"browser" | "server">("browser");
  const [key, setKey] = useState<{ value: string; isBrowser: boolean } | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get("name"));
    const made = await run(() => answer(api.POST("/api/v1/sources", { body: { name, kind } })));
    if (!made) return;
    setKey({ value: made.writeKey, isBrowser: kind === "browser" });
    form.reset();
  }
  return (
    <FormPart
      title="Make a source"
      note="A server's word is taken as it is. What a browser says can be made up by anybody, so it never joins two customers whom we know."
    >
      {key && (
        <div className="mb-4 flex flex-col gap-1.5">
          <p>Copy the write key now. It is not shown again. Events go to {window.location.origin}/v1</p>
          <ShowOnce label="The write key" value={key.value} />
          {key.isBrowser && (
            <>
              <p className="mt-2">Or put this on your pages, and page views come by themselves:</p>
              <ShowOnce
                label="The snippet"
                value={`<script async src="${window.location.origin}/t.js" data-key="${key.value}"></script>`}
              />
            </>
          )}
        </div>
      )}
      <form onSubmit={(event) => void submit(event)} className="flex flex-col items-start gap-3">
        <Field label="Name" name="name" required maxLength={100} placeholder="Web shop" className="w-full" />
        <Segments
          label="What it is"
          value={kind}
          onChange={setKind}
          options={[
            { value: "browser", label: "Browser or app" },
            { value: "server", label: "Server" },
          ]}
        />
        <Button type="submit" look="ink" busy={busy}>
          Make it
        </Button>
      </form>
      <Wrong words={wrong} />
    </FormPart>
  );
}
