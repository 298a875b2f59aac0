import { Ban, Check } from "lucide-react";
import { useId } from "react";
import { Button } from "../../ui/button.tsx";
import { FormPart } from "../../ui/form-page.tsx";
import { REASONS, shownValue } from "./blocked-words.ts";
import type { IdentityRules } from "./identity-rules-query.ts";
import { allow, disallow } from "./rule-steps.ts";
import type { ChangeRules } from "./use-rule-changes.ts";

interface ValuesFromStartProps {
  rules: IdentityRules;
  disabled: boolean;
  onChange: ChangeRules;
}

/** What names nobody from the start, by why; each can be allowed again. */
export function ValuesFromStart({ rules, disabled, onChange }: ValuesFromStartProps) {
  const { allowed } = rules.own;
  const press = (value: string): void =>
    allowed.includes(value)
      ? onChange(`${shownValue(value)} is blocked again.`, disallow(value), allow(value))
      : onChange(`${shownValue(value)} may name somebody.`, allow(value), disallow(value));
  const blockAll = (): void =>
    onChange(
      "All of them are blocked again.",
      (own) => ({ ...own, allowed: [] }),
      (own) => ({ ...own, allowed }),
    );
  return (
    <FormPart
      title="Blocked from the start"
      note={
        disabled
          ? "What has a tick is allowed here."
          : "Press one to allow it, if it does name somebody with you: info@ of customers who work alone."
      }
    >
      <div className="flex flex-col gap-4">
        {REASONS.map(({ why, title, note }) => (
          <Values
            key={why}
            title={title}
            note={note}
            values={rules.defaults.blocked.filter((each) => each.why === why).map(({ value }) => value)}
            allowed={allowed}
            {...(disabled ? {} : { onPress: press })}
          />
        ))}
      </div>
      {allowed.length > 0 && (
        <p className="mt-3 flex flex-wrap items-center gap-2 text-text-2">
          {allowed.length === 1 ? "One of these is allowed." : `${allowed.length} of these are allowed.`}
          {!disabled && (
            <Button look="plain" onClick={blockAll}>
              {allowed.length === 1 ? "Block it again" : "Block them all again"}
            </Button>
          )}
        </p>
      )}
    </FormPart>
  );
}

interface ValuesProps {
  title: string;
  note: string;
  values: readonly string[];
  allowed: readonly string[];
  onPress?: (value: string) => void;
}

function Values({ title, note, values, allowed, onPress }: ValuesProps) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <h3 id={id} className="font-medium">
        {title}
      </h3>
      <p className="text-s text-text-3">{note}</p>
      <ul className="mt-1.5 flex flex-wrap gap-1.5">
        {values.map((value) => (
          <li key={value}>
            <Value value={value} isBlocked={!allowed.includes(value)} {...(onPress ? { onPress } : {})} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Value({ value, isBlocked, onPress }: { value: string; isBlocked: boolean; onPress?: (value: string) => void }) {
  const Icon = isBlocked ? Ban : Check;
  const look = `inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-s px-2 text-s [overflow-wrap:anywhere] ${
    isBlocked ? "bg-sunken text-text-2" : "shadow-[inset_0_0_0_1px_var(--line-strong)]"
  }`;
  const inside = (
    <>
      <Icon size={12} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
      {shownValue(value)}
    </>
  );
  if (!onPress) {
    return (
      <span className={look}>
        {inside}
        {!isBlocked && <span className="sr-only"> (allowed)</span>}
      </span>
    );
  }
  return (
    <button
      type="button"
      aria-pressed={isBlocked}
      onClick={() => onPress(value)}
      className={`${look} text-start hover:bg-hover hover:text-text pointer-coarse:min-h-11`}
    >
      {inside}
    </button>
  );
}
