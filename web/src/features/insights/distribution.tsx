import { useMemo, useState } from "react";
import type { Board } from "../../../../sdk/index.ts";
import { formatNumber } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { Chart } from "./chart.tsx";
import type { ChartColours } from "./chart.tsx";

type Bins = Board["distribution"];

/** How many customers stand where on the scale. */
export function Distribution({ bins }: { bins: Bins }) {
  const [asTable, setAsTable] = useState(false);
  const options = useMemo(() => (colours: ChartColours) => barsOf(bins, colours), [bins]);
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  const low = bins.filter((bin) => bin.to <= 40).reduce((sum, bin) => sum + bin.count, 0);
  return (
    <section aria-labelledby="spread" className="min-w-0 py-3.5 ps-8 pe-6 max-phone:px-4">
      <header className="mb-1 flex items-center gap-2">
        <h2 id="spread" className="font-strong">
          Where customers stand
        </h2>
        <span className="text-text-3">{formatNumber(total)} with a score</span>
        <span className="grow" />
        {total > 0 && (
          <Button look="plain" aria-pressed={asTable} onClick={() => setAsTable(!asTable)} className="-me-2.5">
            {asTable ? "See as chart" : "See as table"}
          </Button>
        )}
      </header>
      {total === 0 ? (
        <p className="text-text-2">Nobody has a score yet. It takes three moments.</p>
      ) : asTable ? (
        <table className="w-60">
          <thead className="text-s text-text-3">
            <tr className="h-7 border-b border-line-soft [&>th]:text-start [&>th]:font-normal">
              <th scope="col">Score</th>
              <th scope="col">Customers</th>
            </tr>
          </thead>
          <tbody>
            {bins.map((bin) => (
              <tr key={bin.from} className="h-7 border-b border-line-soft">
                <th scope="row" className="text-start font-normal">
                  {bin.from} to {bin.to}
                </th>
                <td>{bin.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <Chart
          height={180}
          label={`${total} customers with a score, ${low} of them under 40. The table holds each step.`}
          options={options}
        />
      )}
    </section>
  );
}

function barsOf(bins: Bins, { ink, text, split, raised }: ChartColours) {
  const font = { color: text, fontSize: 11, fontFamily: "Instrument Sans Variable, sans-serif" };
  return {
    grid: { left: 32, right: 16, top: 16, bottom: 24 },
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "none" },
      backgroundColor: raised,
      borderWidth: 0,
      padding: [6, 10],
      textStyle: { ...font, color: ink, fontSize: 12 },
    },
    xAxis: {
      type: "category",
      data: bins.map((bin) => `${bin.from} to ${bin.to}`),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: font,
    },
    yAxis: { type: "value", splitNumber: 3, minInterval: 1, axisLabel: font, splitLine: { lineStyle: { color: split } } },
    series: [
      { name: "Customers", type: "bar", barWidth: 18, data: bins.map((bin) => bin.count), itemStyle: { color: ink, borderRadius: 1.5 } },
    ],
  };
}
