import { useEffect, useState } from "react";
import { formatNumber } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { fieldLook } from "../../ui/field.tsx";
import { FormPart } from "../../ui/form-page.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import type { IdentityRules, LimitedKind } from "./identity-rules-query.ts";
import type { RuleStep } from "./rule-steps.ts";
import type { ChangeRules } from "./use-rule-changes.ts";

interface IdentityLimitsProps {
  rules: IdentityRules;
  disabled: boolean;
  onChange: ChangeRules;
}

const kinds: readonly { kind: LimitedKind; name: string; note?: string }[] = [
  { kind: "user_id", name: "User ids", note: "With one, two user ids are always two people." },
  { kind: "email", name: "Email addresses" },
  { kind: "phone", name: "Phone numbers" },
  { kind: "external", name: "Numbers in other systems" },
  { kind: "social", name: "Social handles" },
  { kind: "anonymous_id", name: "Devices" },
];

/** How many identities of a kind a customer may have, and how many merges are believed within an hour. */
export function IdentityLimits({ rules, disabled, onChange }: IdentityLimitsProps) {
  const { own, defaults } = rules;
  return (
    <>
      <FormPart
        title="How many a customer may have"
        note="What would be one more is not kept. Two customers who would have more together stay two, until somebody decides."
      >
        <ul>
          {kinds.map(({ kind, name, note }) => (
            <Limit
              key={kind}
              name={name}
              {...(note ? { note } : {})}
              value={own.limits[kind] ?? defaults.limits[kind]}
              usual={defaults.limits[kind]}
              disabled={disabled}
              onSave={(most) =>
                onChange(`${name}: ${formatNumber(most)} at most.`, limit(kind, most, defaults), (now) => ({
                  ...now,
                  limits: { ...now.limits, [kind]: own.limits[kind] },
                }))
              }
            />
          ))}
        </ul>
      </FormPart>
      <FormPart
        title="Merges within an hour"
        note="More customers who become one person that fast are seldom one person: it is a till, or a tablet that goes round. What would be one more waits until somebody decides."
      >
        <ul>
          <Limit
            name="Merges into one person"
            value={own.mergesPerHour ?? defaults.mergesPerHour}
            usual={defaults.mergesPerHour}
            disabled={disabled}
            onSave={(most) =>
              onChange(
                `${formatNumber(most)} merges an hour at most.`,
                (now) => ({ ...now, mergesPerHour: most === defaults.mergesPerHour ? null : most }),
                (now) => ({ ...now, mergesPerHour: own.mergesPerHour }),
              )
            }
          />
        </ul>
      </FormPart>
    </>
  );
}

/** What is as from the start is not kept, so that it follows when that changes. */
function limit(kind: LimitedKind, most: number, defaults: IdentityRules["defaults"]): RuleStep {
  return (own) => ({
    ...own,
    limits: { ...own.limits, [kind]: most === defaults.limits[kind] ? undefined : most },
  });
}

const MOST = 10_000;

interface LimitProps {
  name: string;
  note?: string;
  value: number;
  /** As it is from the start. */
  usual: number;
  disabled: boolean;
  onSave: (most: number) => void;
}

/** A number, saved when it is left. */
function Limit({ name, note, value, usual, disabled, onSave }: LimitProps) {
  const [words, setWords] = useState(String(value));
  const [wrong, setWrong] = useState<string | null>(null);
  useEffect(() => {
    setWords(String(value));
    setWrong(null);
  }, [value]);
  function save(): void {
    const most = Number(words);
    if (!Number.isInteger(most) || most < 1 || most > MOST) return setWrong(`A whole number from 1 to ${formatNumber(MOST)}.`);
    setWrong(null);
    if (most !== value) onSave(most);
  }
  return (
    <li className="border-b border-line-soft py-1.5">
      <div className="flex min-h-8 items-center gap-3">
        <div className="min-w-0 grow">
          <p className="font-medium">{name}</p>
          <p className="text-s text-text-3">
            {value === usual ? "As from the start" : `${formatNumber(usual)} from the start`}
            {note && `. ${note}`}
          </p>
        </div>
        {!disabled && value !== usual && (
          <Button look="plain" aria-label={`${name}: back to ${formatNumber(usual)}`} onClick={() => onSave(usual)}>
            Back to {formatNumber(usual)}
          </Button>
        )}
        <input
          aria-label={`${name}, at most`}
          aria-invalid={wrong !== null || undefined}
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          value={words}
          readOnly={disabled}
          onChange={(event) => setWords(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => event.key === "Enter" && save()}
          className={`${fieldLook} h-8 !w-18 shrink-0 px-2 text-end tabular-nums read-only:bg-sunken pointer-coarse:h-11`}
        />
      </div>
      <Wrong words={wrong} />
    </li>
  );
}
