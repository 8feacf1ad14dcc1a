import { useId, useState } from "react";
import type { ChartShape } from "./chart-shape";

/** A chart with its words: for those who see it, those who point at it, and those who have it read out. */
export function Chart({ title, legend, shape }: { title: string; legend?: string[]; shape: ChartShape }) {
  const id = useId();
  const [pointed, setPointed] = useState<number | null>(null);
  const { area } = shape;
  const spot = pointed === null ? undefined : shape.spots[pointed];
  return (
    <figure className="min-w-0 rounded-lg border border-line bg-surface p-4">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span className="font-semibold">{title}</span>
        <span className="flex gap-3 text-xs text-text-muted">
          {spot ? (
            <span className="tabular-nums text-text">{spot.label}</span>
          ) : (
            legend?.map((name, i) => (
              <span key={name} className="flex items-center gap-1.5">
                <svg width="12" height="8" aria-hidden="true" className={STROKES[i]}>
                  <path d="M0 4h12" stroke="currentColor" strokeWidth="2" strokeDasharray={i > 0 ? "3 2" : undefined} />
                </svg>
                {name}
              </span>
            ))
          )}
        </span>
      </figcaption>
      <svg
        role="img"
        aria-labelledby={`${id}-title ${id}-text`}
        viewBox={`0 0 ${shape.width} ${shape.height}`}
        className="mt-3 block h-auto w-full text-[12px]"
        onPointerLeave={() => setPointed(null)}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-text`}>{shape.summary}</desc>
        <g className="fill-text-muted text-line">
          {shape.y.map(({ at, label }) => (
            <g key={at}>
              <path d={`M${area.left} ${at}H${area.right}`} stroke="currentColor" />
              <text x={area.left - 8} y={at} dy="0.32em" textAnchor="end">
                {label}
              </text>
            </g>
          ))}
          {shape.x.map(({ at, label }) => (
            <text key={at} x={at} y={shape.height - 8} textAnchor="middle">
              {label}
            </text>
          ))}
        </g>
        {shape.bars.map((bar, i) => (
          <rect
            key={i}
            {...bar}
            rx={Math.min(2, bar.width / 3)}
            className={i === pointed ? "fill-accent-strong" : "fill-accent"}
          />
        ))}
        {shape.lines.map((path, i) => (
          <path
            key={i}
            d={path}
            fill="none"
            stroke="currentColor"
            strokeWidth={i === 0 && shape.bars.length === 0 ? 2 : 1.5}
            strokeDasharray={i > 0 || shape.bars.length > 0 ? "4 3" : undefined}
            strokeLinecap="round"
            strokeLinejoin="round"
            className={STROKES[shape.bars.length > 0 ? i + 1 : i]}
          />
        ))}
        {shape.spots.map(({ x, width, label, points }, i) => (
          <g key={i}>
            {(i === pointed || (points.length > 0 && shape.spots.length === 1)) &&
              points.map((point) => <circle key={point.y} cx={point.x} cy={point.y} r={4} className="fill-accent" />)}
            <rect
              x={x}
              y={area.top}
              width={width}
              height={area.bottom - area.top}
              fill="transparent"
              onPointerEnter={() => setPointed(i)}
            >
              <title>{label}</title>
            </rect>
          </g>
        ))}
      </svg>
    </figure>
  );
}

const STROKES = ["text-accent", "text-text-muted"];
