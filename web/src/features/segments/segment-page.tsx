import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Back } from "../../ui/back.tsx";
import { Button } from "../../ui/button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Field } from "../../ui/field.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Sure } from "../../ui/sure.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";
import { beginOf, isGroup, isWhole, type Group, type Where } from "./conditions.ts";
import { GroupFields } from "./group.tsx";
import { SegmentMembers } from "./segment-members.tsx";
import { SegmentPreview } from "./segment-preview.tsx";
import { segmentQuery } from "./queries.ts";

/** One segment: its conditions, what they amount to, who is in it. */
export function SegmentPage() {
  const { segmentId = "new" } = useParams({ strict: false });
  const isNew = segmentId === "new";
  const segment = useQuery({ ...segmentQuery(segmentId), enabled: !isNew });
  if (isNew) return <Editor key="new" id={null} name="" where={{ all: [beginOf("did")] }} />;
  if (segment.error && !segment.data)
    return <Failure error={segment.error} what="The segment was not loaded." onRetry={() => void segment.refetch()} />;
  if (!segment.data) return <Skeleton rows={6} height={48} label="Loading the segment" />;
  return (
    <Editor key={`${segment.data.id} ${segment.data.changedAt}`} id={segment.data.id} name={segment.data.name} where={segment.data.where} />
  );
}

function Editor({ id, name: named, where }: { id: string | null; name: string; where: Where }) {
  const navigate = useNavigate();
  const may = useMay("segments:write");
  const [name, setName] = useState(named);
  const [group, setGroup] = useState<Group>(isGroup(where) ? where : { all: [where] });
  const settled = useSettled(group, 300);
  const { busy, wrong, run } = useChange(["segments"]);
  const isChanged = name !== named || JSON.stringify(group) !== JSON.stringify(isGroup(where) ? where : { all: [where] });

  async function save(): Promise<void> {
    const body = { name: name.trim(), where: group };
    const saved = id
      ? await run(
          () => answer(api.PUT("/api/v1/segments/{id}", { params: { path: { id } }, body })),
          "Saved. It is worked out for everybody now.",
        )
      : await run(() => answer(api.POST("/api/v1/segments", { body })), "The segment is made. It is worked out for everybody now.");
    if (saved) void navigate({ to: "/segments/$segmentId", params: { segmentId: saved.id } });
  }
  async function remove(of: string): Promise<void> {
    await run(() => answer(api.DELETE("/api/v1/segments/{id}", { params: { path: { id: of } } })), "The segment was removed.");
    void navigate({ to: "/segments" });
  }
  return (
    <div className="flex h-full flex-col overflow-auto">
      <title>{`${named || "A new segment"} · Segments`}</title>
      <header className="sticky top-0 z-10 flex h-13 shrink-0 items-center gap-3 border-b border-line bg-surface px-8 max-phone:px-4">
        <Back label="All segments" className="-ms-3 -me-2 phone:hidden" onBack={() => void navigate({ to: "/segments" })} />
        <Link to="/segments" className="text-text-2 hover:text-text max-phone:hidden">
          Segments
        </Link>
        <span className="text-text-3 max-phone:hidden" aria-hidden="true">
          /
        </span>
        <h1 className="truncate text-l font-strong">{named || "A new segment"}</h1>
        <span className="grow" />
        {may && id && (
          <Sure
            look="plain"
            verb="Remove"
            title={`Remove ${named}?`}
            consequence="Nobody is in it any more, and what counts on it stops. Who entered and left it stays in the record."
            onSure={() => void remove(id)}
          />
        )}
        {may && (
          <Button look="ink" busy={busy} disabled={name.trim() === "" || !isChanged || !isWhole(group)} onClick={() => void save()}>
            Save
          </Button>
        )}
      </header>
      <div className="grid grow grid-cols-[minmax(0,1fr)_320px] max-list:grid-cols-1">
        <section aria-label="Conditions" className="flex min-w-0 flex-col gap-5 px-8 py-5 max-phone:px-4">
          <Field
            label="Name"
            value={name}
            maxLength={100}
            required
            disabled={!may}
            placeholder="Regulars who went quiet"
            onChange={(event) => setName(event.target.value)}
          />
          <GroupFields group={group} onChange={setGroup} />
          <Wrong words={wrong} />
          {id && <SegmentMembers id={id} />}
        </section>
        <SegmentPreview where={settled} />
      </div>
    </div>
  );
}

/** The value as it stood when it had not changed for a while. */
function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
