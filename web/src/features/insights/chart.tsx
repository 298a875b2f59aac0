import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import type { EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useAppearance } from "../../shell/theme.ts";
import { useMedia } from "../../ui/use-media.ts";

use([BarChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

/** The interface's colours, as a chart needs them: resolved for the theme that shows. */
export interface ChartColours {
  ink: string;
  text: string;
  axis: string;
  split: string;
  raised: string;
}

interface ChartProps {
  label: string;
  height: number;
  options: (colours: ChartColours) => EChartsCoreOption;
}

/** A chart that is a chart. The line is never drawn here. */
export function Chart({ label, height, options }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [{ theme }] = useAppearance();
  const systemDark = useMedia("(prefers-color-scheme: dark)");
  const still = useMedia("(prefers-reduced-motion: reduce)");

  useEffect(() => {
    if (!place.current) return undefined;
    const chart = init(place.current, null, { renderer: "svg" });
    chart.setOption({ animation: !still, animationDuration: 180, aria: { enabled: false }, ...options(coloursOf(place.current)) });
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [options, theme, systemDark, still]);
  return <div ref={place} role="img" aria-label={label} style={{ height }} />;
}

/** Colours come from the tokens; a probe resolves what `light-dark()` means just now. */
function coloursOf(element: HTMLElement): ChartColours {
  const resolve = (name: string): string => {
    const probe = document.createElement("i");
    probe.style.color = `var(--${name})`;
    element.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
  };
  return { ink: resolve("ink"), text: resolve("text-3"), axis: resolve("line"), split: resolve("line-soft"), raised: resolve("raised") };
}
