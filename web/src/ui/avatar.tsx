import { initials } from "../shell/words.ts";
import { classes } from "./classes.ts";

interface AvatarProps {
  name: string;
  /** Customers are round and outlined, members square and filled. */
  of: "customer" | "member";
  size?: 20 | 24 | 30;
  quiet?: boolean;
}

/** A person's mark. The name always stands beside it, so it says nothing itself. */
export function Avatar({ name, of, size = 24, quiet = false }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      style={{ width: size, height: size, fontSize: size < 24 ? 9 : size < 30 ? 10 : 11 }}
      className={classes(
        "inline-grid shrink-0 place-items-center leading-none font-strong tracking-wide",
        of === "customer" && "rounded-full bg-surface text-text-2 shadow-[inset_0_0_0_1.25px_var(--line-strong)]",
        of === "member" && "rounded-m",
        of === "member" && (quiet ? "bg-text-2 text-surface" : "bg-ink text-on-ink"),
      )}
    >
      {initials(name)}
    </span>
  );
}
