import { Plus, X } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Select } from "../../ui/select.tsx";
import { beginOf, isEditable, isGroup, partsOf, sortOf, SORTS, withParts, type Group, type Leaf, type Where } from "./conditions.ts";
import { LeafFields } from "./leaf-fields.tsx";
import { SaidCondition } from "./said-condition.tsx";

interface PartProps {
  where: Where;
  onChange: (where: Where) => void;
  onRemove?: () => void;
  depth?: number;
}

const joins = [
  { value: "all", label: "all of these" },
  { value: "any", label: "any of these" },
] as const;
const DEEPEST = 3;

/** Conditions that must all hold, or of which one must; groups may stand within groups. */
export function GroupFields({
  group,
  onChange,
  onRemove,
  depth = 0,
}: {
  group: Group;
  onChange: (group: Group) => void;
  onRemove?: () => void;
  depth?: number;
}) {
  const parts = partsOf(group);
  const put = (index: number, part: Where | null): void =>
    onChange(
      withParts(group, part === null ? parts.filter((_, at) => at !== index) : parts.map((each, at) => (at === index ? part : each))),
    );
  return (
    <fieldset className={depth === 0 ? "" : "rounded-m bg-sunken px-3 py-2"}>
      <legend className="sr-only">Conditions</legend>
      <div className="flex min-h-8 items-center gap-2">
        <span className="text-text-2">{depth === 0 ? "Customers for whom" : "for whom"}</span>
        <Select
          label="How many must hold"
          value={"all" in group ? "all" : "any"}
          options={joins}
          onChange={(join) => onChange(join === "all" ? { all: parts } : { any: parts })}
        />
        <span className="text-text-2">hold</span>
        <span className="grow" />
        {onRemove && <IconButton label="Take this group away" icon={X} onClick={onRemove} />}
      </div>
      <ul className="flex flex-col">
        {parts.map((part, index) => (
          <li key={index} className="border-b border-line-soft py-1.5 last:border-0">
            <Part where={part} onChange={(next) => put(index, next)} onRemove={() => put(index, null)} depth={depth} />
          </li>
        ))}
      </ul>
      <div className="mt-1 flex gap-1">
        <Button
          look="plain"
          className="-ms-2"
          icon={<Plus size={14} strokeWidth={1.75} aria-hidden="true" />}
          onClick={() => onChange(withParts(group, [...parts, beginOf("did")]))}
        >
          Condition
        </Button>
        {depth < DEEPEST && (
          <Button
            look="plain"
            onClick={() => onChange(withParts(group, [...parts, "all" in group ? { any: [beginOf("did")] } : { all: [beginOf("did")] }]))}
          >
            Group
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function Part({ where, onChange, onRemove, depth = 0 }: PartProps) {
  if (isGroup(where)) return <GroupFields group={where} onChange={onChange} {...(onRemove ? { onRemove } : {})} depth={depth + 1} />;
  const isNot = "not" in where;
  const inner = isNot ? where.not : where;
  if (isGroup(inner) || "not" in inner) {
    return (
      <Part where={inner} onChange={(next) => onChange(isNot ? { not: next } : next)} {...(onRemove ? { onRemove } : {})} depth={depth} />
    );
  }
  if (!isEditable(inner)) {
    return (
      <div className="flex items-start gap-2">
        <SaidCondition where={where} />
        {onRemove && <IconButton label="Take this condition away" icon={X} onClick={onRemove} />}
      </div>
    );
  }
  const wrap = (leaf: Leaf): Where => (isNot ? { not: leaf } : leaf);
  return (
    <div className="flex items-start gap-2">
      <div className="flex min-w-0 grow flex-wrap items-center gap-2">
        <Select
          label="Whether it holds"
          value={isNot ? "not" : "is"}
          options={[
            { value: "is", label: "With" },
            { value: "not", label: "Without" },
          ]}
          onChange={(next) => onChange(next === "not" ? { not: inner } : inner)}
        />
        <Select
          label="What it is about"
          value={sortOf(inner)}
          options={SORTS.map(({ value, label }) => ({ value, label }))}
          onChange={(sort) => onChange(wrap(beginOf(sort)))}
        />
        <LeafFields leaf={inner} onChange={(leaf) => onChange(wrap(leaf))} />
      </div>
      {onRemove && <IconButton label="Take this condition away" icon={X} onClick={onRemove} />}
    </div>
  );
}
