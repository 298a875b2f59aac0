import { formatShortDay } from "../../shell/words.ts";
import type { Drawing } from "./draw-line.ts";
import type { Moment } from "./moments.ts";

interface StagesProps {
  moments: readonly Moment[];
  drawing: Drawing;
  width: number;
  top: number;
  bottom: number;
}

interface Section {
  x: number;
  name: string;
}

/** The stages of the journey, as hairlines behind the line; the calendar where no stage is known. */
export function Stages({ moments, drawing, width, top, bottom }: StagesProps) {
  const sections = roomFor(moments.some((moment) => moment.stage) ? stagesOf(moments, drawing) : monthsOf(moments, drawing), width);
  return sections.map((section) => (
    <g key={section.x}>
      {section.x > 0 && <path className="tl-hair" d={`M${section.x} ${top}V${bottom}`} />}
      <text className="tl-stage" x={section.x + (section.x > 0 ? 8 : 0)} y={top + 12}>
        {section.name}
      </text>
    </g>
  ));
}

function stagesOf(moments: readonly Moment[], drawing: Drawing): Section[] {
  const found: Section[] = [];
  let stage: string | null | undefined;
  for (const [index, moment] of moments.entries()) {
    if (!moment.stage || moment.stage === stage) continue;
    stage = moment.stage;
    const x = drawing.dots[index]?.x ?? 0;
    const earlier = drawing.dots[index - 1]?.x ?? 0;
    found.push({ x: index === 0 ? 0 : Math.round((x + earlier) / 2), name: capital(stage) });
  }
  return found;
}

function monthsOf(moments: readonly Moment[], drawing: Drawing): Section[] {
  const found: Section[] = [];
  let month = "";
  for (const [index, moment] of moments.entries()) {
    const words = formatShortDay(moment.at).split(" ")[1] ?? "";
    if (words === month) continue;
    month = words;
    found.push({ x: index === 0 ? 0 : Math.round((drawing.dots[index]?.x ?? 0) - 14), name: words });
  }
  return found;
}

function roomFor(sections: readonly Section[], width: number): Section[] {
  const kept: Section[] = [];
  for (const section of sections) {
    const last = kept.at(-1);
    if (last && section.x - last.x < last.name.length * 7 + 16) continue;
    if (section.x > width - 30) continue;
    kept.push(section);
  }
  return kept;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
