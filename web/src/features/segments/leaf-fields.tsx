import { useQuery } from "@tanstack/react-query";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { isNamed, KINDS, type Did, type Leaf } from "./conditions.ts";
import { OrderFields } from "./order-fields.tsx";
import { Days, Number } from "./small-fields.tsx";
import { segmentsQuery } from "./queries.ts";

interface LeafProps<Of extends Leaf = Leaf> {
  leaf: Of;
  onChange: (leaf: Leaf) => void;
}

/** What one condition says, in fields that read as a sentence. */
export function LeafFields({ leaf, onChange }: LeafProps) {
  if ("then" in leaf || "thenNot" in leaf) return <Sequence leaf={leaf} onChange={onChange} />;
  if ("did" in leaf) return <Done leaf={leaf} onChange={onChange} />;
  if ("orders" in leaf) return <OrderFields leaf={leaf} onChange={onChange} />;
  if ("score" in leaf) return <ScoreFields leaf={leaf} onChange={onChange} />;
  if ("identity" in leaf) {
    return (
      <Select
        label="Kind of identity"
        value={leaf.identity}
        options={IDENTITIES}
        onChange={(identity) => onChange({ identity, exists: true })}
      />
    );
  }
  if ("segment" in leaf) return <Other leaf={leaf} onChange={onChange} />;
  if ("profile" in leaf) return <Profile leaf={leaf} onChange={onChange} />;
  return null;
}

const IDENTITIES = [
  { value: "email", label: "an email address" },
  { value: "phone", label: "a phone number" },
  { value: "user_id", label: "a user id" },
  { value: "anonymous_id", label: "a device" },
  { value: "external", label: "a shop's number" },
];

function What({ label, did, onChange }: { label: string; did: Did; onChange: (did: Did) => void }) {
  const kinds = KINDS.some(({ value }) => value === did.kind) ? KINDS : [...KINDS, { value: did.kind, label: did.kind }];
  return (
    <>
      <Select<string> label={label} value={did.kind} options={kinds} onChange={(kind) => onChange({ kind })} />
      {isNamed(did.kind) && (
        <Field
          hideLabel
          label="Its name"
          placeholder={did.kind === "event.tracked" ? "Product Viewed" : "any page"}
          value={did.name ?? ""}
          className="w-40"
          onChange={({ target }) => onChange(target.value === "" ? { kind: did.kind } : { ...did, name: target.value })}
        />
      )}
    </>
  );
}

function Done({ leaf, onChange }: LeafProps<Exclude<Extract<Leaf, { did: unknown }>, { then: unknown } | { thenNot: unknown }>>) {
  const { within, ...rest } = leaf;
  return (
    <>
      <What label="What they did" did={leaf.did} onChange={(did) => onChange({ ...leaf, did })} />
      {leaf.ever !== false && (
        <span className="flex items-center gap-2 whitespace-nowrap">
          <Number
            label="How often at least"
            value={leaf.count?.atLeast ?? 1}
            onChange={(atLeast) => onChange({ ...leaf, count: { atLeast } })}
          />
          <span className="text-text-2">times or more</span>
        </span>
      )}
      <Days words="in the last" value={within} onChange={(length) => onChange(length === undefined ? rest : { ...rest, within: length })} />
    </>
  );
}

function Sequence({ leaf, onChange }: LeafProps<Extract<Leaf, { then: unknown } | { thenNot: unknown }>>) {
  const second = "then" in leaf ? leaf.then : leaf.thenNot;
  // oxlint-disable-next-line unicorn/no-thenable -- a word of the language, never awaited
  const put = (did: Did): void => onChange("then" in leaf ? { ...leaf, then: did } : { ...leaf, thenNot: did });
  return (
    <>
      <What label="What they did first" did={leaf.did} onChange={(did) => onChange({ ...leaf, did })} />
      <span className="text-text-2">{"then" in leaf ? "and then" : "and then never"}</span>
      <What label="What they did afterwards" did={second} onChange={put} />
      <Days words="within" isNeeded value={leaf.within} onChange={(within) => onChange({ ...leaf, within: within ?? "1d" })} />
    </>
  );
}

function ScoreFields({ leaf, onChange }: LeafProps<Extract<Leaf, { score: unknown }>>) {
  const isBelow = leaf.score.below !== undefined;
  const value = leaf.score.below ?? leaf.score.above ?? 50;
  return (
    <>
      <Select
        label="Above or below"
        value={isBelow ? "below" : "above"}
        options={[
          { value: "below", label: "below" },
          { value: "above", label: "above" },
        ]}
        onChange={(next) => onChange({ score: next === "below" ? { below: value } : { above: value } })}
      />
      <Number
        label="Score"
        value={value}
        most={100}
        onChange={(next) => onChange({ score: isBelow ? { below: next } : { above: next } })}
      />
    </>
  );
}

function Other({ leaf, onChange }: LeafProps<Extract<Leaf, { segment: unknown }>>) {
  const { data } = useQuery(segmentsQuery);
  const options = [{ value: "", label: "Choose one" }, ...(data?.items ?? []).map((each) => ({ value: each.id, label: each.name }))];
  return <Select label="Segment" value={leaf.segment} options={options} onChange={(segment) => onChange({ segment })} />;
}

const FIELDS = [
  { value: "name", label: "Name" },
  { value: "email", label: "Email" },
  { value: "phone", label: "Phone" },
  { value: "locale", label: "Language" },
  { value: "organization", label: "Company" },
  { value: "fields.", label: "Another field" },
];
const TESTS = [
  { value: "is", label: "is" },
  { value: "isNot", label: "is not" },
  { value: "contains", label: "contains" },
  { value: "exists", label: "is known" },
] as const;

function Profile({ leaf, onChange }: LeafProps<Extract<Leaf, { profile: unknown }>>) {
  const isField = leaf.profile.startsWith("fields.");
  const test = TESTS.find(({ value }) => leaf[value] !== undefined)?.value ?? "is";
  const value = String(leaf.is ?? leaf.isNot ?? leaf.contains ?? "");
  const said = (profile: string, next: (typeof TESTS)[number]["value"], text: string): Leaf => ({
    profile,
    ...(next === "exists" ? { exists: true } : { [next]: text }),
  });
  return (
    <>
      <Select
        label="What of the profile"
        value={isField ? "fields." : leaf.profile}
        options={FIELDS}
        onChange={(profile) => onChange(said(profile, test, value))}
      />
      {isField && (
        <Field
          hideLabel
          label="Name of the field"
          placeholder="plan"
          className="w-28"
          value={leaf.profile.slice("fields.".length)}
          onChange={({ target }) => onChange(said(`fields.${target.value}`, test, value))}
        />
      )}
      <Select label="How it is compared" value={test} options={TESTS} onChange={(next) => onChange(said(leaf.profile, next, value))} />
      {test !== "exists" && (
        <Field
          hideLabel
          label="Value"
          className="w-36"
          value={value}
          onChange={({ target }) => onChange(said(leaf.profile, test, target.value))}
        />
      )}
    </>
  );
}
