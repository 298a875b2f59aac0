export { Large } from "./large.tsx";
export { Micro } from "./micro.tsx";
export { Rail, RailEnd } from "./rail.tsx";
export { Small } from "./small.tsx";
export { Strokes } from "./strokes.tsx";
export { drawLine } from "./draw-line.ts";
export { heightOf } from "./moments.ts";
export type { Frame, Moment } from "./moments.ts";
