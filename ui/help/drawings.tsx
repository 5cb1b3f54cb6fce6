import type { VNode } from 'preact';

/**
 * Drawings in topics: lines only, in the colours of the text, without a word in them. `shows` says what there is to see;
 * the steps are numbered as in the topic's text.
 */
export function Drawing({ name, shows }: { name: string; shows: string }) {
  const drawing = drawings[name];
  if (!drawing) throw new Error(`There is no drawing ${name}.`);
  return drawing(shows);
}

const drawings: Record<string, (shows: string) => VNode> = {
  // A server below the ground, a browser above it, and what goes between them by hand: up, down, up.
  'offline-way': (shows) => (
    <svg class="drawing" role="img" aria-label={shows} viewBox="0 0 320 150" fill="none" stroke="currentColor">
      <path class="ground" d="M2 92h118M200 92h118" stroke-dasharray="5 4" />
      <path d="M16 52h64v88H16zM16 74h64M16 96h64M16 118h64M26 63h22M26 85h22M26 107h22M70 63h1M70 85h1M70 107h1" />
      <path d="M232 16h76v56h-76zM232 28h76M238 22h1M244 22h1M250 22h1M242 40h38M242 50h56M242 60h24" />
      <g class="carried">
        <path d="M92 70C120 22 180 12 222 26M213 18l9 8-11 6" />
        <path d="M232 84C200 108 140 112 94 100M103 92l-10 8 11 6" />
        <path d="M92 124C160 140 240 128 268 82M259 88l9-7 4 11" />
      </g>
      {[
        [150, 25],
        [166, 106],
        [196, 128],
      ].map(([x, y], index) => (
        <>
          <circle class="step" cx={x} cy={y} r="11" />
          <text x={x} y={y} dy=".35em" text-anchor="middle" stroke="none" fill="currentColor">
            {index + 1}
          </text>
        </>
      ))}
    </svg>
  ),
};
