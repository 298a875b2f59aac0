import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { classes } from "./classes.ts";
import { KeyCap } from "./key-cap.tsx";
import { Spinner } from "./spinner.tsx";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Ink: the one main thing of a view. Line: beside it. Plain: quiet. Danger: destroys something. */
  look?: "ink" | "line" | "plain" | "danger";
  icon?: ReactNode;
  /** The key that does the same. */
  keys?: string;
  busy?: boolean;
  /** An icon alone; `aria-label` then says what it does. */
  square?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

const looks = {
  ink: "bg-ink text-on-ink hover:bg-ink-hover",
  line: "bg-raised text-text shadow-[inset_0_0_0_1px_var(--line)] hover:bg-hover",
  plain: "text-text-2 hover:bg-hover hover:text-text",
  danger: "bg-raised text-poor shadow-[inset_0_0_0_1px_var(--line)] hover:bg-poor-wash",
};

/** Does one thing, named by a verb. */
export function Button({
  look = "line",
  icon,
  keys,
  busy = false,
  square = false,
  className,
  children,
  disabled,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled}
      aria-disabled={busy || undefined}
      onClick={busy ? undefined : rest.onClick}
      className={classes(
        "inline-flex h-(--control) shrink-0 items-center justify-center gap-1.5 rounded-m font-medium whitespace-nowrap transition-colors duration-(--fast) active:translate-y-px",
        "disabled:translate-y-0 disabled:bg-sunken disabled:text-text-3 disabled:shadow-none",
        square ? "w-(--control)" : "px-2.5",
        looks[look],
        className,
      )}
    >
      {busy ? <Spinner /> : icon}
      {children}
      {keys && <KeyCap onInk={look === "ink"}>{keys}</KeyCap>}
    </button>
  );
}
