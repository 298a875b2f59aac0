import { X } from "lucide-react";
import { useRef, useState, type FormEvent } from "react";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormPart, ItemRow } from "../../ui/form-page.tsx";
import { blockedValueOf, meaningOf, shownValue, whyNotBlocked } from "./blocked-words.ts";
import type { IdentityRules } from "./identity-rules-query.ts";
import { allow, block, disallow, unblock } from "./rule-steps.ts";
import type { ChangeRules } from "./use-rule-changes.ts";

interface BlockedValuesProps {
  rules: IdentityRules;
  disabled: boolean;
  onChange: ChangeRules;
}

/** What the company itself found to name nobody. */
export function BlockedValues({ rules, disabled, onChange }: BlockedValuesProps) {
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const { blocked } = rules.own;

  function add(event: FormEvent): void {
    event.preventDefault();
    const value = blockedValueOf(words);
    const problem = whyNotBlocked(value, rules);
    setWrong(problem);
    if (problem) return;
    setWords("");
    if (rules.own.allowed.includes(value)) onChange(`${shownValue(value)} is blocked again.`, disallow(value), allow(value));
    else onChange(`${shownValue(value)} is blocked.`, block(value), unblock(value));
  }
  function remove(value: string): void {
    onChange(`${shownValue(value)} may name somebody again.`, unblock(value), block(value));
    field.current?.focus();
  }
  return (
    <FormPart
      title="Blocked values"
      note="Some values stand for nobody, or for many: an address that a whole office reads, a number at a till. Such a value never finds a customer, makes one, or joins two. What else came with it counts; if nothing else says whose it is, it is listed at its source as not taken. Whoever writes us a mail from there is a customer all the same."
    >
      <ul aria-label="Blocked by you">
        {blocked.map((value) => (
          <ItemRow
            key={value}
            title={<span className="[overflow-wrap:anywhere] whitespace-normal">{shownValue(value)}</span>}
            detail={meaningOf(value)}
          >
            {!disabled && (
              <Button
                look="plain"
                square
                aria-label={`Allow ${shownValue(value)} again`}
                icon={<X size={14} strokeWidth={1.75} aria-hidden="true" />}
                onClick={() => remove(value)}
              />
            )}
          </ItemRow>
        ))}
      </ul>
      {blocked.length === 0 && <p className="py-2 text-text-2">None of your own yet.</p>}
      {!disabled && (
        <form onSubmit={add} noValidate className="mt-3 flex items-start gap-2">
          <Field
            ref={field}
            label="A value to block"
            hideLabel
            placeholder="desk@hotel.example, or desk@…"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={320}
            hint="Whole, or only its beginning with a star after it: desk@*"
            value={words}
            wrong={wrong}
            onChange={(event) => setWords(event.target.value)}
            className="min-w-0 grow"
          />
          <Button type="submit" className="!h-8 pointer-coarse:!h-11">
            Block it
          </Button>
        </form>
      )}
    </FormPart>
  );
}
