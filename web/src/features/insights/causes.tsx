import type { Board } from "../../../../sdk/index.ts";
import { Points } from "../../ui/score.tsx";

/** What those who rated us well and fell had in common, and by how many points. */
export function Causes({ causes }: { causes: Board["gap"]["causes"] }) {
  const widest = Math.max(0.1, ...causes.map((cause) => Math.abs(cause.points)));
  return (
    <section aria-labelledby="causes" className="min-w-0 px-6 py-3.5 max-phone:px-4">
      <header className="mb-1 flex items-center gap-2">
        <h2 id="causes" className="font-strong">
          What moves the score
        </h2>
        <span className="text-text-3">of those who rated us well and fell</span>
      </header>
      {causes.length === 0 && <p className="text-text-2">Nobody fell in this period.</p>}
      <ul>
        {causes.map((cause) => (
          <li
            key={cause.reason}
            className="grid h-[30px] grid-cols-[minmax(0,1fr)_minmax(60px,186px)_44px_96px] items-center gap-x-2.5 max-phone:grid-cols-[minmax(0,1fr)_44px]"
          >
            <span className="truncate">{cause.reason}</span>
            <span aria-hidden="true" className="flex h-2 justify-end max-phone:hidden">
              <span
                className={`h-2 rounded-s ${cause.points < 0 ? "hatch" : "bg-good-fill"}`}
                style={{ width: `${(Math.abs(cause.points) / widest) * 100}%` }}
              />
            </span>
            <Points points={cause.points} />
            <span className="text-s text-text-3 max-phone:hidden">
              {cause.customers} {cause.customers === 1 ? "customer" : "customers"}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
