/** What the marks of the line mean. */
export function LineKey() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-s text-text-2" aria-label="What the marks mean">
      <li className="flex items-center gap-1.5">
        <span className="size-[9px] rounded-full bg-ink" />
        they came to us
      </li>
      <li className="flex items-center gap-1.5">
        <span className="size-[9px] rounded-full shadow-[inset_0_0_0_1.75px_var(--ink)]" />
        we went to them
      </li>
      <li className="flex items-center gap-1.5">
        <svg className="tl" width={26} height={12} aria-hidden="true">
          <path className="tl-turn tl-good" d="M1 10C13 10 13 2 25 2" />
        </svg>
        felt better
      </li>
      <li className="flex items-center gap-1.5">
        <svg className="tl" width={26} height={12} aria-hidden="true">
          <path className="tl-turn tl-poor" d="M1 2C13 2 13 10 25 10" />
        </svg>
        felt worse
      </li>
      <li className="flex items-center gap-1.5">
        <span className="h-3 w-6.5 rounded-[2px] bg-ink opacity-10" />
        how sure
      </li>
    </ul>
  );
}
