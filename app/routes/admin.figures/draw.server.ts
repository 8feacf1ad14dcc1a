import { scaleBand, scaleLinear } from "d3-scale";
import { curveMonotoneX, line } from "d3-shape";
import type { ChartShape } from "./chart-shape";

const [WIDTH, HEIGHT] = [540, 210];
const AREA = { left: 56, right: WIDTH - 8, top: 12, bottom: HEIGHT - 28 };
const MOST_LABELS = 7;
const MOST_TICKS = 5;
/** Steps of an axis of times: seconds. */
const STEPS = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 172_800, 604_800];

export interface Series {
  /** What stands below each place. */
  labels: string[];
  /** Drawn as bars, when there are any. */
  bars?: number[];
  /** Drawn as lines, the first as the one that matters; null leaves a gap. */
  lines?: (number | null)[][];
  /** As it is written beside the axis. */
  write(value: number): string;
  /** What is said of a place. */
  tell(i: number): string;
  /** The values are seconds. */
  times?: true;
  /** The axis: as high as the highest unless said otherwise. */
  domain?: [number, number];
  summary(most: string): string;
}

/** Places and paths of a chart, so that browsers only have to show it. */
export function draw({ labels, bars = [], lines = [], write, tell, times, domain, summary }: Series): ChartShape {
  const values = [...bars, ...lines.flat().filter((value) => value !== null)];
  const most = Math.max(0, ...values);
  const x = scaleBand(
    labels.map((_, i) => i),
    [AREA.left, AREA.right],
  ).paddingInner(0.25);
  const step = times && (STEPS.find((one) => most / one <= MOST_TICKS) ?? most / MOST_TICKS);
  const top = step ? Math.max(1, Math.ceil(most / step)) * step : most || 1;
  const y = scaleLinear(domain ?? [0, top], [AREA.bottom, AREA.top]);
  if (!domain && !step) y.nice(4);
  const ticks = step ? Array.from({ length: top / step + 1 }, (_, i) => i * step) : y.ticks(4);
  const middle = (i: number) => (x(i) ?? 0) + x.bandwidth() / 2;
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, i) => round(middle(i)))
    .y((value) => round(y(value ?? 0)))
    .curve(curveMonotoneX);
  const every = Math.ceil(labels.length / MOST_LABELS);
  return {
    width: WIDTH,
    height: HEIGHT,
    area: AREA,
    y: ticks.map((value) => ({ at: round(y(value)), label: write(value) })),
    x: labels.flatMap((label, i) => (i % every === 0 ? [{ at: round(middle(i)), label }] : [])),
    bars: bars.map((value, i) => ({
      x: round(x(i) ?? 0),
      y: round(y(value)),
      width: round(x.bandwidth()),
      height: round(AREA.bottom - y(value)),
    })),
    lines: lines.map((one) => path(one) ?? ""),
    spots: labels.map((_, i) => ({
      x: round((x(i) ?? 0) - (x.step() - x.bandwidth()) / 2),
      width: round(x.step()),
      label: tell(i),
      points: lines.flatMap((one) => {
        const value = one[i] ?? null;
        return value === null ? [] : [{ x: round(middle(i)), y: round(y(value)) }];
      }),
    })),
    summary: summary(write(most)),
  };
}

const round = (value: number) => Math.round(value * 10) / 10;
