/** A chart as it is drawn: the server has done the reckoning. Lengths are those of the view box. */
export interface ChartShape {
  width: number;
  height: number;
  /** Where the drawing begins and ends, within the axes. */
  area: { left: number; right: number; top: number; bottom: number };
  y: { at: number; label: string }[];
  x: { at: number; label: string }[];
  bars: { x: number; y: number; width: number; height: number }[];
  /** Lines as SVG paths: the first is the one that matters. */
  lines: string[];
  /** What is said of each place when it is pointed at. */
  spots: { x: number; width: number; label: string; points: { x: number; y: number }[] }[];
  summary: string;
}
