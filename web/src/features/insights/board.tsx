import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Calendar } from "lucide-react";
import { useState } from "react";
import type { Board, BoardRow } from "../../../../sdk/index.ts";
import { formatShortDay } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { BoardLine, BoardLineTable } from "./board-line.tsx";
import { BoardRows } from "./board-rows.tsx";
import { Causes } from "./causes.tsx";
import { Distribution } from "./distribution.tsx";
import { FigureSheet } from "./figure-sheet.tsx";
import { GapSummary } from "./gap.tsx";
import { boardQuery } from "./queries.ts";

const day = 86_400_000;
const lengths = ["7", "30", "90"] as const;

/** Both halves side by side: what customers asked of us, and what they lived through. */
export function BoardPage() {
  const period = useSearch({ strict: false });
  const { from, to } = period;
  const navigate = useNavigate();
  const board = useQuery(boardQuery({ from, to }));
  const [opened, setOpened] = useState<BoardRow | null>(null);
  const { data } = board;

  const choose = (days: string): void => {
    void navigate({ to: "/board", search: { from: new Date(Date.now() - Number(days) * day).toISOString() }, replace: true });
  };

  return (
    <div className="flex h-full flex-col overflow-auto">
      <title>Board</title>
      <header className="sticky top-0 z-10 flex min-h-13 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-surface px-5 py-1.5 max-phone:px-4">
        <h1 className="text-l font-strong">Board</h1>
        <Segments
          label="Period"
          value={data ? lengthOf(data) : ""}
          onChange={choose}
          options={lengths.map((days) => ({ value: days as string, label: `${days} days` }))}
        />
        <span className="grow" />
        {data && (
          <p className="flex items-center gap-1.5 text-text-3">
            <Calendar size={14} strokeWidth={1.75} aria-hidden="true" />
            <span className="font-medium text-text">
              {formatShortDay(data.period.from)} to {formatShortDay(data.period.to)}
            </span>
            <span className="max-phone:hidden">against {daysOf(data)} days before</span>
          </p>
        )}
      </header>
      {board.error && !data && <Failure error={board.error} what="The board was not loaded." onRetry={() => void board.refetch()} />}
      {!data && !board.error && <Skeleton rows={8} height={72} label="Loading the board" />}
      {data && <Content board={data} onOpen={setOpened} />}
      {opened && data && (
        <FigureSheet row={opened} definition={data.definitions[opened.metric]} period={{ from, to }} onClose={() => setOpened(null)} />
      )}
    </div>
  );
}

function Content({ board, onOpen }: { board: Board; onOpen: (row: BoardRow) => void }) {
  const [asTable, setAsTable] = useState(false);
  const counted = board.trend.some((week) => week.score !== null || week.weWrote > 0 || week.theyWrote > 0);
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_312px] border-b border-line max-list:grid-cols-1">
        <section aria-labelledby="felt" className="min-w-0 pt-3.5 pe-6 pb-2.5 ps-8 max-phone:px-4">
          <header className="mb-1 flex flex-wrap items-center gap-x-4 gap-y-1">
            <h2 id="felt" className="font-strong">
              How customers feel, and who spoke first
            </h2>
            <span className="grow" />
            {counted && (
              <>
                <Key />
                <Button look="plain" aria-pressed={asTable} onClick={() => setAsTable(!asTable)} className="-me-2.5">
                  {asTable ? "See as line" : "See as table"}
                </Button>
              </>
            )}
          </header>
          {!counted ? (
            <Nothing>Nothing to count yet. The line starts with the first mail or order.</Nothing>
          ) : asTable ? (
            <BoardLineTable trend={board.trend} />
          ) : (
            <BoardLine trend={board.trend} />
          )}
        </section>
        <GapSummary gap={board.gap} />
      </div>
      <div className="grid grid-cols-2 border-b border-line max-pane:grid-cols-1 [&>section+section]:border-s [&>section+section]:border-line [&>section+section]:ps-6 max-pane:[&>section+section]:border-s-0 max-pane:[&>section+section]:border-t max-pane:[&>section+section]:ps-8 max-phone:[&>section+section]:ps-4">
        <BoardRows title="Service" note="what they asked of us" mark="solid" rows={board.service} onOpen={onOpen} />
        <BoardRows title="Experience" note="what they lived through" mark="open" rows={board.experience} onOpen={onOpen} />
      </div>
      <div className="grid grow grid-cols-2 max-pane:grid-cols-1 [&>section+section]:border-s [&>section+section]:border-line max-pane:[&>section+section]:border-s-0 max-pane:[&>section+section]:border-t">
        <Distribution bins={board.distribution} />
        <Causes causes={board.gap.causes} />
      </div>
    </>
  );
}

/** A part of the board that has nothing to show yet. */
function Nothing({ children }: { children: string }) {
  return (
    <div className="flex h-[200px] flex-col justify-center gap-3 text-text-2">
      <svg width="100%" height={4} aria-hidden="true">
        <path className="tl-next" d="M1 2H2000" />
      </svg>
      <p>{children}</p>
    </div>
  );
}

function Key() {
  return (
    <ul className="flex flex-wrap gap-x-4 text-s text-text-2" aria-label="What the marks mean">
      <li className="flex items-center gap-1.5">
        <span className="h-0 w-5 border-t-2 border-ink" />
        score, all customers
      </li>
      <li className="flex items-center gap-1.5">
        <span className="size-2.5 rounded-[2px] shadow-[inset_0_0_0_1.5px_var(--ink)]" />
        we wrote first
      </li>
      <li className="flex items-center gap-1.5">
        <span className="size-2.5 rounded-[2px] bg-ink" />
        they wrote first
      </li>
    </ul>
  );
}

function daysOf({ period }: Board): number {
  return Math.round((Date.parse(period.to) - Date.parse(period.from)) / day);
}

function lengthOf(board: Board): string {
  const days = daysOf(board);
  return lengths.find((length) => Math.abs(Number(length) - days) <= 1) ?? "";
}
