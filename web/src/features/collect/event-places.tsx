import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormPart, ItemRow } from "../../ui/form-page.tsx";
import { Select } from "../../ui/select.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";
import { mappingsQuery, sourcesQuery, touchpointsQuery } from "./queries.ts";

const drivers = [
  { value: "", label: "Driver" },
  { value: "people", label: "People" },
  { value: "process", label: "Process" },
  { value: "product", label: "Product" },
] as const;
const controls = [
  { value: "", label: "Control" },
  { value: "direct", label: "Ours" },
  { value: "influenced", label: "Influenced" },
  { value: "external", label: "Not ours" },
] as const;

const stages = [
  { value: "", label: "Stage" },
  ...["awareness", "consideration", "purchase", "onboarding", "use", "support", "loyalty", "advocacy"].map((value) => ({
    value,
    label: value.charAt(0).toUpperCase() + value.slice(1),
  })),
];

function labelOf(options: readonly { value: string; label: string }[], value: string | null): string | null {
  return options.find((each) => each.value !== "" && each.value === value)?.label ?? value;
}

function placeWords(parts: readonly (string | null)[]): string {
  return parts.filter(Boolean).join(", ") || "Nowhere";
}

/** Which touchpoint an event belongs to, by its name. */
export function EventPlaces() {
  const may = useMay("workspace:write");
  const mappings = useQuery(mappingsQuery);
  const touchpoints = useQuery(touchpointsQuery);
  const sources = useQuery(sourcesQuery);
  const onlyFrom = (id: string | null): string | null =>
    id && `only from ${sources.data?.items.find((each) => each.id === id)?.name ?? "one source"}`;
  const nameOf = (key: string | null): string | null => touchpoints.data?.items.find((each) => each.key === key)?.name ?? key;
  const { wrong, run } = useChange(["event-mappings"]);
  const [all, setAll] = useState(false);
  const own = mappings.data?.items.filter((each) => !each.isDefault) ?? [];
  const defaults = mappings.data?.items.filter((each) => each.isDefault) ?? [];
  return (
    <FormPart
      title="Where events belong"
      note="By its name an event belongs to a touchpoint, and so to a stage. Names of the common e-commerce events are known."
    >
      <ul>
        {[...own, ...(all ? defaults : [])].map((each) => (
          <ItemRow
            key={`${each.sourceId ?? ""} ${each.event} ${each.isDefault}`}
            title={each.event}
            detail={placeWords([
              nameOf(each.touchpoint),
              labelOf(stages, each.stage),
              labelOf(drivers, each.driver),
              labelOf(controls, each.control),
              onlyFrom(each.sourceId),
            ])}
          >
            {may && !each.isDefault && (
              <Button
                look="plain"
                onClick={() =>
                  void run(
                    () =>
                      answer(
                        api.DELETE("/api/v1/event-mappings", {
                          params: { query: { event: each.event, ...(each.sourceId ? { sourceId: each.sourceId } : {}) } },
                        }),
                      ),
                    "Taken back.",
                  )
                }
              >
                Take back
              </Button>
            )}
          </ItemRow>
        ))}
      </ul>
      {defaults.length > 0 && (
        <Button look="plain" className="-ms-2" onClick={() => setAll(!all)}>
          {all ? "Only our own" : `Show the ${defaults.length} that are known`}
        </Button>
      )}
      {may && <NewPlace />}
      <Wrong words={wrong} />
    </FormPart>
  );
}

function NewPlace() {
  const touchpoints = useQuery(touchpointsQuery);
  const { busy, wrong, run } = useChange(["event-mappings"]);
  const [event, setEvent] = useState("");
  const [touchpoint, setTouchpoint] = useState("");
  const [stage, setStage] = useState("");
  const [driver, setDriver] = useState<(typeof drivers)[number]["value"]>("");
  const [control, setControl] = useState<(typeof controls)[number]["value"]>("");
  const places = [
    { value: "", label: "Touchpoint" },
    ...(touchpoints.data?.items ?? []).map((each) => ({ value: each.key, label: each.name })),
  ];

  async function save(): Promise<void> {
    const body = {
      event,
      ...(touchpoint ? { touchpoint } : {}),
      ...(stage ? { stage } : {}),
      ...(driver ? { driver } : {}),
      ...(control ? { control } : {}),
    };
    if (await run(() => answer(api.PUT("/api/v1/event-mappings", { body })), `“${event}” has its place from now on.`)) setEvent("");
  }
  return (
    <form
      className="mt-3 flex flex-wrap items-end gap-2"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void save();
      }}
    >
      <Field
        label="Event"
        value={event}
        placeholder="Ring Configured"
        required
        maxLength={200}
        onChange={(changed) => setEvent(changed.target.value)}
      />
      <Select label="Touchpoint" value={touchpoint} options={places} onChange={setTouchpoint} />
      <Select label="Stage" value={stage} options={stages} onChange={setStage} />
      <Select label="Driver" value={driver} options={drivers} onChange={setDriver} />
      <Select label="Control" value={control} options={controls} onChange={setControl} />
      <Button type="submit" busy={busy} disabled={event.trim() === "" || (!touchpoint && !stage && !driver && !control)}>
        Save
      </Button>
      <Wrong words={wrong} />
    </form>
  );
}
