import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Failure } from "../../ui/failure.tsx";
import { FormPage, ItemRow } from "../../ui/form-page.tsx";
import { Select } from "../../ui/select.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";

const retentionQuery = queryOptions({ queryKey: ["retention"], queryFn: () => answer(api.GET("/api/v1/retention")) });

const NAMES: Readonly<Record<string, string>> = { "raw-mail": "Raw mail", "web-events": "Pages and apps", audit: "What was changed" };
const SPANS = [
  { value: "", label: "For ever" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "180", label: "Half a year" },
  { value: "365", label: "A year" },
  { value: "730", label: "Two years" },
  { value: "1095", label: "Three years" },
  { value: "2190", label: "Six years" },
];

/** How long each kind of data is kept. What is older is forgotten every night. */
export function Retention() {
  const may = useMay("privacy:write");
  const retention = useQuery(retentionQuery);
  const { wrong, run } = useChange(["retention"]);
  const save = (kind: string, days: number | null, before: number | null): void => {
    const put = (wanted: number | null) =>
      answer(api.PUT("/api/v1/retention/{kind}", { params: { path: { kind } }, body: { days: wanted } }));
    void run(
      () => put(days),
      "Saved. It holds from the coming night on.",
      () => put(before),
    );
  };
  return (
    <FormPage title="How long we keep it" note="What is older is forgotten every night and cannot be brought back. Counts and scores stay.">
      {retention.error && <Failure error={retention.error} what="The rules were not loaded." onRetry={() => void retention.refetch()} />}
      {retention.isPending && <Skeleton rows={3} height={56} label="Loading" />}
      <ul>
        {retention.data?.items.map((each) => (
          <ItemRow key={each.kind} title={NAMES[each.kind] ?? each.kind} detail={each.about}>
            <Select
              label={`How long we keep ${NAMES[each.kind] ?? each.kind}`}
              value={each.days === null ? "" : String(each.days)}
              options={
                SPANS.some(({ value }) => value === String(each.days ?? ""))
                  ? SPANS
                  : [...SPANS, { value: String(each.days), label: `${each.days} days` }]
              }
              disabled={!may}
              onChange={(value) => save(each.kind, value === "" ? null : Number(value), each.days)}
            />
          </ItemRow>
        ))}
      </ul>
      {!may && <p className="text-text-2">Only an owner or admin may change this.</p>}
      <Wrong words={wrong} />
    </FormPage>
  );
}
