import type { BoardRow } from "../../../../sdk/index.ts";
import { changeOf, formatFigure, surenessOf } from "./figures.ts";
import { RowLine } from "./row-line.tsx";

interface BoardRowsProps {
  title: string;
  note: string;
  /** Service is what they asked of us; experience what they lived through. */
  mark: "solid" | "open";
  rows: readonly BoardRow[];
  onOpen: (row: BoardRow) => void;
  children?: React.ReactNode;
}

/** Six figures, each with how sure it is, its weeks and whether it changed. */
export function BoardRows({ title, note, mark, rows, onOpen, children }: BoardRowsProps) {
  return (
    <section className="min-w-0 py-3.5 ps-8 pe-6 max-phone:px-4">
      <header className="mb-1 flex items-center gap-2">
        <span
          aria-hidden="true"
          className={`size-[9px] rounded-full ${mark === "solid" ? "bg-ink" : "shadow-[inset_0_0_0_1.75px_var(--ink)]"}`}
        />
        <h2 className="font-strong">{title}</h2>
        <span className="text-text-3">{note}</span>
        {children}
      </header>
      <table className="w-full border-collapse">
        <thead className="sr-only">
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">Value</th>
            <th scope="col">How sure</th>
            <th scope="col">Weeks</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.metric} className="relative h-[34px] border-b border-line-soft last:border-0 hover:bg-hover max-phone:h-12">
              <th scope="row" className="w-[34%] pe-3 text-start font-normal max-phone:w-auto">
                <button type="button" onClick={() => onOpen(row)} className="min-h-6 text-start after:absolute after:inset-0">
                  {row.name}
                </button>
              </th>
              <td className="pe-3 text-end whitespace-nowrap">
                {row.value === null ? (
                  <span className="text-s text-text-3 phone:hidden">not known yet</span>
                ) : (
                  <b className="text-[15px] font-strong">{formatFigure(row.value, row.unit)}</b>
                )}
              </td>
              <td className="pe-3 text-s whitespace-nowrap text-text-3 max-phone:hidden">
                {row.value === null ? "not known yet" : surenessOf(row)}
              </td>
              <td className="w-[92px] max-phone:hidden">
                <RowLine row={row} />
              </td>
              <td className="w-[112px] whitespace-nowrap max-phone:w-auto">
                <ChangeCell row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ChangeCell({ row }: { row: BoardRow }) {
  if (!row.change) return null;
  const { words, way } = changeOf(row);
  if (way === "none") return <span className="text-s text-text-3">= {words}</span>;
  return (
    <span className={`text-s font-medium ${way === "better" ? "text-good" : "text-poor"}`}>
      <span aria-hidden="true" className="me-1 text-[9px]">
        {way === "better" ? "▲" : "▼"}
      </span>
      {words} <span className="sr-only">{way}</span>
    </span>
  );
}
